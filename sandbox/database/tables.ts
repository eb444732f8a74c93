/**
 * The tables of a Bp Premier database, as public sources list them: the columns in order, with their SQL Server
 * types. `key` is the primary key, if it is known. Columns with `NULL` after the type are nullable.
 */
export const tableListing = {
  APPOINTMENTS: {
    key: 'RECORDID',
    columns: [
      'RECORDID int; INTERNALID int; RECORDSTATUS int; USERID int; LOCATIONID int; VISITID int',
      'APPOINTMENTDATE datetime; APPOINTMENTTIME int; APPOINTMENTLENGTH int; APPOINTMENTCODE int',
      'APPOINTMENTTYPE int; URGENT int; REASON varchar(500) NULL; ARRIVALTIME int; CONSULTATIONTIME int',
      'VISITLENGTH int; ROOMID int; OPERATIONID int; BOOKEDBY int; ACCOUNTTYPE int; NNAC int; PATIENTS int',
      'ITEMLIST varchar(2000) NULL; COMMENT varchar(500) NULL; REMINDERSENT int NULL',
      'REMINDERSENTDATE datetime NULL; REMINDERSENTUSERID int NULL; ATTENDANCECONFIRMED int NULL',
      'ATTENDANCEUPDATED datetime NULL; ATTENDANCEUPDATEDBY int NULL; CREATED datetime; CREATEDBY int',
      'UPDATED datetime NULL; UPDATEDBY int NULL; FOLLOWUP int; VIDEOURL varchar(2000) NULL',
    ],
  },
  APPOINTMENTCODES: {
    key: 'APPOINTMENTCODE',
    columns: ['APPOINTMENTCODE int; DESCRIPTION char(20)'],
  },
  APPOINTMENTTYPES: {
    key: 'APPOINTMENTCODE',
    columns: [
      'APPOINTMENTCODE int; RECORDSTATUS int; LISTORDER int; ICONINDEX int; APPOINTMENTLENGTH int',
      'DESCRIPTION char(250) NULL; CREATED datetime; CREATEDBY int; UPDATED datetime NULL',
      'UPDATEDBY int NULL; AU int; NZ int',
    ],
  },
  CANCELLEDAPPOINTMENTS: {
    key: null,
    columns: [
      'APPOINTMENTID int; CANCELLEDBY int; CANCELLEDDATE datetime; CANCELLEDTIME int',
      'REASON varchar(100) NULL',
    ],
  },
  CANCELLATIONS: {
    key: 'RECORDID',
    columns: [
      'RECORDID int; RECORDSTATUS int; INTERNALID int; USERID int; APPOINTMENTID int; CREATED datetime',
      'CREATEDBY int; UPDATED datetime NULL; UPDATEDBY int NULL',
    ],
  },
  CANCELLATIONREASONS: {
    key: 'REASONCODE',
    columns: [
      'REASONCODE int; RECORDSTATUS int; REASON varchar(100); UPDATED datetime NULL; UPDATEDBY int NULL',
    ],
  },
  APPOINTMENTNOTES: {
    key: 'RECORDID',
    columns: [
      'RECORDID int; RECORDSTATUS int; INTERNALID int; APPOINTMENTNOTE varchar(500); CREATED datetime',
      'CREATEDBY int; UPDATED datetime NULL; UPDATEDBY int NULL',
    ],
  },
  APPOINTMENTLOCKS: {
    key: 'RECORDID',
    columns: [
      'RECORDID int; APPOINTMENTDATE datetime; APPOINTMENTTIME int; USERID int; COMPUTER char(50) NULL',
      'CREATED datetime; CREATEDBY int',
    ],
  },
  PATIENTPRESENCE: {
    key: 'RECORDID',
    columns: [
      'RecordID int; RecordStatus int; Presence int; AppointmentID int; Created datetime; CreatedBy int',
      'Updated datetime NULL; UpdatedBy int NULL',
    ],
  },
  ROOMS: {
    key: 'ROOMID',
    columns: ['ROOMID int; LOCATIONID int; ROOMNAME char(50) NULL'],
  },
  PATIENTS: {
    key: 'INTERNALID',
    columns: [
      'INTERNALID int; RECORDSTATUS int; EXTERNALID char(12) NULL; IHI char(16) NULL; IHISTATUS int',
      'IHIRECORDSTATUS int; IHISOURCE int; ORIGIN int; PATIENTSTATUS int; DATEOFDEATH datetime NULL',
      'TITLECODE int; FIRSTNAME char(40) NULL; MIDDLENAME char(30) NULL; SURNAME char(40) NULL',
      'PREFERREDNAME char(30) NULL; ADDRESS1 char(40) NULL; ADDRESS2 char(40) NULL; CITY char(40) NULL',
      'POSTCODE char(4) NULL; POSTALADDRESS char(40) NULL; POSTALCITY char(40) NULL',
      'POSTALPOSTCODE char(4) NULL; DOB datetime NULL; SEXCODE int; ETHNICCODE int; HOMEPHONE char(14) NULL',
      'WORKPHONE char(14) NULL; MOBILEPHONE char(14) NULL; MEDICARENO char(13) NULL',
      'MEDICARELINENO char(1) NULL; MEDICAREEXPIRY char(10) NULL; PENSIONCODE int; PENSIONNO char(14) NULL',
      'PENSIONSTART datetime NULL; PENSIONEXPIRY datetime NULL; DVACODE int; DVANO char(14) NULL',
      'SAFETYNETNO char(14) NULL; RECORDNO char(10) NULL; RELIGION char(20) NULL',
      'HEALTHFUNDNO char(20) NULL; HEALTHFUNDNAME varchar(100) NULL; HEALTHFUNDID int',
      'HEALTHFUNDEXPIRY datetime NULL; ACCOUNTCODE int; USERID int; DENYACCESS int; NOREMINDERS int',
      'CONTACTMETHOD int; HEADOFFAMILYID int; NEXTOFKINID int; EMERGENCYID int',
      'REFERRINGDOCTOR char(50) NULL; REFERRALDATE datetime NULL; REFERRALCODE int; ERX int; DISPENSE int',
      'MEDVIEW int; PHARMACYID int; CTG int; OTHERNOTES varchar(1000) NULL; CONSENTSMSREMINDER int',
      'CREATED datetime; CREATEDBY int; UPDATED datetime NULL; UPDATEDBY int NULL; COUNTRY char(60) NULL',
      'POSTALCOUNTRY char(60) NULL; IHIVALIDATED datetime NULL; DEFAULTVISITTYPE int',
      'PREVIOUSUSERID int NULL; REGISTRATIONID int NULL; ENROLMENTID int NULL; QED datetime NULL',
      'ELIGIBLE_PUBLIC_FUNDING varchar(50) NULL; ENROLMENTCHECK varchar(50) NULL; HCHTIER int',
      'HCHSTARTED datetime NULL; HCHCURRENT datetime NULL; PENDINGMOBILECHANGE char(14) NULL',
      'PublicFunding int; FinDependant int; CSCHolder int; HUCHolder int; CSCNumber char(10) NULL',
      'IncSuppNumber char(10) NULL; HUCNumber char(10) NULL; CSCValid datetime NULL',
      'CSCExpiry datetime NULL; HUCValid datetime NULL; HUCExpiry datetime NULL; IWI int',
      'OVERALL_PATIENTVERSION int NULL; CORE_VERSION int NULL; MOH_CHECKED datetime NULL',
      'COUNTRYOFBIRTH int NULL; COUNTRYOFBIRTH_SOURCE int NULL; PLACEOFBIRTH varchar(30) NULL',
      'CITIZEN tinyint NULL; CITIZEN_SOURCE int NULL; DATEOFDEATHSOURCE int NULL; NAME_SOURCE int NULL',
      'NAME_SETID int NULL; NAME_VERSION int NULL; NAME_TYPE int NULL; ADDRESS_GEOTAG int NULL',
      'ADDRESS_SETID int NULL; ADDRESS_VERSION int NULL; ADDRESS_DOMICILE int NULL',
      'ADDRESS_NOTVALID_REASON int NULL; ESAM_CHECKED datetime NULL; POSTAL_SUBURB varchar(30) NULL',
      'POSTAL_ADDRESS_GEOTAG int NULL; POSTAL_ADDRESS_DOMICILE int NULL',
      'POSTAL_ADDRESS_NOTVALID_REASON int NULL; POSTAL_ESAM_CHECKED datetime NULL; DOB_SOURCE int NULL',
      'ETHNIC1CODE int; ETHNIC2CODE int',
    ],
  },
  EMAIL: {
    key: 'RECORDID',
    columns: [
      'RECORDID int; RECORDSTATUS int; INTERNALID int; EMAILCODE int; EMAIL varchar(250) NULL',
      'CREATED datetime; CREATEDBY int; UPDATED datetime NULL; UPDATEDBY int NULL',
    ],
  },
  NEXTOFKIN: {
    key: null,
    columns: [
      'NEXTOFKINID int; RECORDSTATUS int; TITLECODE int; SURNAME char(30) NULL; FIRSTNAME char(30) NULL',
      'ADDRESS char(40) NULL; CITY char(40) NULL; POSTCODE char(4) NULL; CONTACTPHONE char(14) NULL',
      'CONTACTPHONE2 char(14) NULL; RELATIONSHIP char(20) NULL; CREATED datetime; CREATEDBY int',
      'UPDATED datetime NULL; UPDATEDBY int NULL; HEADOFFAMILYID int; TYPE int; INTERNALID int',
    ],
  },
  TITLES: {
    key: 'TITLECODE',
    columns: ['TITLECODE int; TITLE char(30)'],
  },
  SEX: {
    key: 'SEXCODE',
    columns: ['SEXCODE int; SEX char(10)'],
  },
  PATIENTSTATUS: {
    key: null,
    columns: ['STATUSCODE int; STATUSTEXT char(12) NULL'],
  },
  ETHNICITY: {
    key: 'ETHNICCODE',
    columns: [
      'ETHNICCODE int; ETHNICTYPE char(50); NZNAME varchar(50) NULL; ASCCEG int; LEVEL0 int; LEVEL1 int',
      'LEVEL2 int; LEVEL3 int; LEVEL4 int',
    ],
  },
  PENSIONTYPE: {
    key: 'PENSIONCODE',
    columns: ['PENSIONCODE int; PENSIONTYPE char(40)'],
  },
  DVATYPE: {
    key: 'DVACODE',
    columns: ['DVACODE int; DVATYPE char(10)'],
  },
  MARITALSTATUS: {
    key: 'MARITALSTATUSCODE',
    columns: ['MARITALSTATUSCODE int; MARITALSTATUSNAME char(15)'],
  },
  USERS: {
    key: 'USERID',
    columns: [
      'USERID int; RECORDSTATUS int; USERSTATUS int; LOCATIONID int; HPII char(16) NULL; GROUPCODE int',
      'TITLECODE int; SURNAME char(100); FIRSTNAME char(30); PASSWORD char(10)',
      'REGISTRATIONNO char(20) NULL; CPDNO char(10) NULL; PRESCRIBERNO char(7) NULL',
      'PROVIDERNO char(8) NULL; PHONE char(14) NULL; FAX char(14) NULL; HOMEPHONE char(14) NULL',
      'MOBILEPHONE char(14) NULL; PAGER char(14) NULL; EMAIL varchar(250) NULL; ABN char(14) NULL',
      'PKIKEY char(12) NULL; TOPPOCKET int; INACTIVEDATE datetime NULL; APPOINTMENTS int; ACCOUNTS int',
      'DEFAULTACCOUNT int; DEFAULTITEM char(20) NULL; VR int; LMO int; REI int; SENDHEL int; TEDDSS int',
      'NEEDSREFERRAL int; CONFIDENTIALNOTES int; ERXID char(10) NULL; THUMBPRINT char(40) NULL',
      'COMPANYNAME varchar(150) NULL; OPERATIONS int; CREATED datetime; CREATEDBY int',
      'UPDATED datetime NULL; UPDATEDBY int NULL; HPIIVALIDATED datetime NULL',
      'MEDREFERTOKEN varchar(64) NULL; NZMCNUMBER char(10) NULL; ACCPAYEENUMBER char(10) NULL',
      'GMSPAYEENUMBER char(10) NULL',
    ],
  },
  USERGROUPS: {
    key: 'GROUPCODE',
    columns: ['GROUPCODE int; GROUPNAME char(60); AU int; NZ int'],
  },
  PROVIDER_LOCATION: {
    key: 'RECORDID',
    columns: [
      'RECORDID int; RECORDSTATUS int; USERID int; LOCATIONID int; PROVIDERNUMBER char(8) NULL',
      'CREATED datetime; CREATEDBY int; UPDATED datetime NULL; UPDATEDBY int NULL; ERXID char(10) NULL',
      'THUMBPRINT char(40) NULL',
    ],
  },
  USERQUALIFICATIONS: {
    key: 'RECORDID',
    columns: [
      'RECORDID int; RECORDSTATUS int; USERID int; QUALIFICATION char(50); CREATED datetime; CREATEDBY int',
      'UPDATED datetime NULL; UPDATEDBY int NULL',
    ],
  },
  USERALIAS: {
    key: 'RECORDID',
    columns: [
      'RECORDID int; USERID int; ALIASNAME char(60) NULL; CREATED datetime; CREATEDBY int',
      'UPDATED datetime NULL; UPDATEDBY int NULL; LOCATIONID int NULL',
    ],
  },
  PRACTICE: {
    key: null,
    columns: [
      'PRACTICEID int; RECORDSTATUS int; PRACTICENAME varchar(100) NULL; HPIO char(16) NULL',
      'ABN char(14) NULL; VSPNUMBER char(12) NULL; PIPNUMBER char(12) NULL; SERIALNUMBER char(12) NULL',
      'CREATED datetime; CREATEDBY int; UPDATED datetime NULL; UPDATEDBY int NULL',
      'PCEHRCERTIFICATE char(12) NULL; TYRO int; EASYCLAIM int; PCEHR int; ARGUS int; Healthshare int',
      'COUNTRY int; PHO int; ACCVENDORHPI char(12) NULL; IRDNUMBER char(12) NULL; GSTNUMBER char(12) NULL',
      'BestHealthApiVersion varchar(17) NULL',
    ],
  },
  LOCATIONS: {
    key: 'LOCATIONID',
    columns: [
      'LOCATIONID int; RECORDSTATUS int; LOCATIONCODE int; LOCATIONNAME varchar(100)',
      'ADDRESS1 char(50) NULL; ADDRESS2 char(50) NULL; CITY char(40) NULL; POSTCODE char(4) NULL',
      'HPIO char(16) NULL; RRMA int; PHONE char(14) NULL; AHPHONE char(14) NULL; FAX char(14) NULL',
      'EMAIL varchar(250) NULL; PKIKEY char(12) NULL; LSPNUMBER char(10) NULL; CREATED datetime',
      'CREATEDBY int; UPDATED datetime NULL; UPDATEDBY int NULL; DIRExempt int; AppStatus int NULL',
      'OnboardUser int NULL; AppLicenceExpiry datetime NULL; ABN varchar(14) NULL',
    ],
  },
  SESSIONS: {
    key: 'SESSIONID',
    columns: [
      'SESSIONID int; RECORDSTATUS int; USERID int; LOCATIONID int; DAYOFWEEK int; STARTTIME int',
      'ENDTIME int; LENGTH int; SPECIAL int; LABEL char(100) NULL; RGB int; STARTDATE datetime NULL',
      'ENDDATE datetime NULL; WEEKS int; CYCLEWEEK int; CYCLEDATE datetime NULL; CREATED datetime',
      'CREATEDBY int; UPDATED datetime NULL; UPDATEDBY int NULL',
    ],
  },
  EXTRASESSIONS: {
    key: 'SESSIONID',
    columns: [
      'SESSIONID int; RECORDSTATUS int; USERID int; LOCATIONID int; SESSIONDATE datetime; STARTTIME int',
      'ENDTIME int; LENGTH int; SPECIAL int; LABEL char(100) NULL; RGB int; CREATED datetime; CREATEDBY int',
      'UPDATED datetime NULL; UPDATEDBY int NULL',
    ],
  },
  DAYSAWAY: {
    key: 'RECORDID',
    columns: [
      'RECORDID int; RECORDSTATUS int; USERID int; STARTDATE datetime NULL; FINISHDATE datetime NULL',
      'AWAYREASON char(100) NULL; CREATED datetime; CREATEDBY int; UPDATED datetime NULL',
      'UPDATEDBY int NULL',
    ],
  },
  DAYOFWEEK: {
    key: 'DAYCODE',
    columns: ['DAYCODE int; DAY char(20)'],
  },
  RESERVEDAPPOINTMENTS: {
    key: 'RECORDID',
    columns: [
      'RECORDID int; RECORDSTATUS int; USERID int; DAYOFWEEK int; APPOINTMENTTIME int; CREATED datetime',
      'CREATEDBY int; UPDATED datetime NULL; UPDATEDBY int NULL',
    ],
  },
  INTERNETAPPOINTMENTS: {
    key: 'RECORDID',
    columns: [
      'RECORDID int; RECORDSTATUS int; USERID int; DAYOFWEEK int; APPOINTMENTTIME int; CREATED datetime',
      'CREATEDBY int; UPDATED datetime NULL; UPDATEDBY int NULL',
    ],
  },
  APPOINTMENTLAYOUT: {
    key: 'LAYOUTID',
    columns: [
      'LAYOUTID int; RECORDSTATUS int; LAYOUTNAME varchar(100) NULL; CREATED datetime; CREATEDBY int',
      'UPDATED datetime NULL; UPDATEDBY int NULL; LOCATIONID int',
    ],
  },
  APPOINTMENTLAYOUTUSERS: {
    key: 'RECORDID',
    columns: [
      'RECORDID int; RECORDSTATUS int; LAYOUTID int; USERID int; POSITION int; CREATED datetime',
      'CREATEDBY int; UPDATED datetime NULL; UPDATEDBY int NULL; LOCATIONID int',
    ],
  },
} as const;
