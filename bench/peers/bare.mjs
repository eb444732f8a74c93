/**
 * The lower bound: node:http, the facade's one upstream call, and handwritten JSON. It selects the operation by
 * name and validates nothing.
 */
import { createServer } from 'node:http';
import { patientOf, patientsByName, resourcesIn } from './fhir.mjs';
import { fhirPath, queryPath, send } from './halo.mjs';
import { bookStatement, dashboardStatement, rowsIn } from './one-call.mjs';

const operations = {
  async Book({ site, from, to }) {
    const { result } = await send('POST', await queryPath(site), bookStatement.body(from, to));
    return `{"data":{"practice":{"appointments":[${appointments(bookStatement, result)}]}}}`;
  },
  async Dashboard({ sites, from }) {
    const parts = await Promise.all(
      sites.map(async (site) => {
        const { result } = await send('POST', await queryPath(site), dashboardStatement.body(from, from));
        return `{"bpSiteId":"${site}","appointments":[${tiles(dashboardStatement, result)}]}`;
      }),
    );
    return `{"data":{"practices":[${parts.join(',')}]}}`;
  },
  async Search({ site, name }) {
    const path = `${await fhirPath(site)}/Patient/_search`;
    const bundle = await send('POST', path, patientsByName(name), 'application/x-www-form-urlencoded');
    return `{"data":{"practice":{"patients":[${resourcesIn(bundle).map(patientOf).map(patient).join(',')}]}}}`;
  },
};

function appointments({ appointmentOf }, result) {
  return rowsIn({ result })
    .map((row) => {
      const each = appointmentOf(row);
      return `{"pmsId":"${each.pmsId}","start":"${each.start}","end":"${each.end}","durationMinutes":${
        each.durationMinutes
      },"status":"${each.status}","reason":${JSON.stringify(each.reason)},"type":${
        each.type ? `{"name":${JSON.stringify(each.type.name)}}` : null
      },"patient":${each.patient && patient(each.patient)},"user":${
        each.user && `{"pmsId":"${each.user.pmsId}","displayName":${JSON.stringify(each.user.displayName)}}`
      }}`;
    })
    .join(',');
}

function tiles({ appointmentOf }, result) {
  return rowsIn({ result })
    .map((row) => {
      const { pmsId, start, status, patient: who, user } = appointmentOf(row);
      return `{"pmsId":"${pmsId}","start":"${start}","status":"${status}","patient":${
        who && `{"fullName":${JSON.stringify(who.fullName)}}`
      },"user":${user && `{"displayName":${JSON.stringify(user.displayName)}}`}}`;
    })
    .join(',');
}

const patient = ({ pmsId, fullName, birthDate, mobilePhone }) =>
  `{"pmsId":"${pmsId}","fullName":${JSON.stringify(fullName)},"birthDate":${
    birthDate && `"${birthDate}"`
  },"mobilePhone":${JSON.stringify(mobilePhone)}}`;

createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', async () => {
    try {
      const { operationName, variables } = JSON.parse(Buffer.concat(chunks).toString('utf8'));
      const body = await operations[operationName](variables);
      response.writeHead(200, {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
      });
      response.end(body);
    } catch (error) {
      response.writeHead(500);
      response.end(String(error));
    }
  });
}).listen(Number(process.env.PORT), '127.0.0.1');
