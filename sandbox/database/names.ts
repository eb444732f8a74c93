/** Plainly invented names; no real person is meant. */
export const firstNames =
  `Zephyrine Testina Placebo Mockingham Fixtura Samplette Demona Faux Dummiana Stubert Seedwyn Randomina
Synthia Quillon Bogusta Pretendia Figmentus Imaginus Makebelle Notreala Cobbera Billabonga Wombatina Quokkina Galahad
Bandicoota Platypina Emuelle Dingolina Currawonga Banksina Wattlebert Grevillea Lamingtina Pavlovina Vegemira Budgerina
Possumira Echidnia Numbatina Brolgina Cassowara Kelpina Koalina Lorikeeta Magpina Rosellina Tasmina Yabbina Jacaranda
Barramundo Bunyippa Gumleafa Ironbarka Mulgatha Saltbushia Spinifexa Tuckerina Waratahl Yakkabert`.split(
    /\s+/,
  );

export const surnames =
  `Quokkaby Samplewood Testworthy Mockingfield Placeholder Fixturely Demonstrate Fauxington Stubbleton
Seedmore Randomsley Syntheton Bogusworth Pretendville Figmentley Imagineer Makebelieve Notrealson Cobberfield Billabongton
Wombatsworth Wattlesham Galahford Bandicootley Platypusson Emuworth Dingolby Currawongton Banksiaville Bilbyton
Grevilleasmith Lamingtonby Pavlovason Vegemitely Budgerigarton Possumwaite Echidnaby Numbatley Brolgason Cassowaryfield
Kelpington Koalaworth Lorikeetson Magpieford Rosellaby Tasmanby Yabbyton Jacarandason Barramundley Bunyipworth Gumleafson
Ironbarkby Mulgaford Saltbushley Spinifexton Tuckerbagley Waratahson Yakkaford Drongosby Kookaburrason Boomerangley
Didgeridon Eucalyptby Frillneckson Goannaworth Kangaroosley Mallee-Samplewood Nullarborough Outbackley Pademelonby`.split(
    /\s+/,
  );

/** Mobile numbers that the Australian regulator keeps for fiction. */
export const fictionMobiles =
  `0491570006 0491570156 0491570157 0491570158 0491570159 0491570110 0491570313 0491570737
0491571266 0491571491 0491571804 0491572549 0491572665 0491572983 0491573770 0491573087 0491574118 0491574632 0491575254
0491575789 0491576398 0491576801 0491577426 0491577644 0491578957 0491578148 0491578888 0491579212 0491579760
0491579455`.split(/\s+/);
