/** A Halo Cloud client for peers that have none: one connection pool, JSON requests and responses. */
import { Pool } from 'undici';

const base = process.env.HALO_BASE_URL;
const pool = new Pool(base, { connections: 128 });
export const key = { 'ocp-apim-subscription-key': 'sandbox-key-not-secret' };

/** Cache of looked-up GUIDs for the lifetime of the process: no peer repeats a look-up. */
const guids = new Map();

export async function send(method, path, body, contentType = 'application/json') {
  const { statusCode, body: answer } = await pool.request({
    method,
    path,
    headers: body === undefined ? key : { ...key, 'content-type': contentType },
    body,
  });
  const parsed = await answer.json();
  if (statusCode >= 300) throw new Error(`Halo Cloud answered ${statusCode}`);
  return parsed;
}

export function guidOf(bpSiteId) {
  let found = guids.get(bpSiteId);
  if (!found) {
    const id = encodeURIComponent(bpSiteId);
    found = send(
      'GET',
      `/integrator/sites?practiceManagementSiteId=${id}&practiceManagementName=Best%20Practice`,
    ).then(({ sites }) => sites[0].id);
    guids.set(bpSiteId, found);
  }
  return found;
}

export const fhirPath = async (bpSiteId) => `/integrator/sites/${await guidOf(bpSiteId)}/fhir/R4`;
export const queryPath = async (bpSiteId) => `/integrator/sites/${await guidOf(bpSiteId)}/queries/immediate`;
