/**
 * Atomic scripts for the entry of a practice in Redis.
 *
 * An entry is a hash: `version`, and either `haloGuid`, `site` (signed) and `askedAt`, or `dropped` (a Halo GUID) and
 * `droppedAt`. Times are milliseconds since 1970 by the clock of Redis; replicas send and receive ages only. A key of
 * another type is deleted. A value that is too long to be written by a replica is not returned.
 */

const opening = `
local kind = redis.call('TYPE', KEYS[1]).ok
if kind ~= 'hash' and kind ~= 'none' then redis.call('DEL', KEYS[1]) end
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
`;

/** Returns `{version, site, age, dropped, age}`. Ages are in ms; '' if there is no value. */
export const loadScript = `${opening}
local entry = redis.call('HMGET', KEYS[1], 'version', 'site', 'askedAt', 'dropped', 'droppedAt')
local function text(value) if value and #value <= 4096 then return value end return '' end
local function age(at)
  at = tonumber(at or '')
  if not at or at ~= at then return '' end
  return string.format('%.0f', math.max(0, now - at))
end
return {text(entry[1]), text(entry[2]), age(entry[3]), text(entry[4]), age(entry[5])}
`;

/** Arguments: the loaded version, the next one, Halo GUID, site, its age and lifetime (ms). Returns 1 if it was stored. */
export const publishScript = `${opening}
if (redis.call('HGET', KEYS[1], 'version') or '') ~= ARGV[1] then return 0 end
local age, goodFor = tonumber(ARGV[5]), tonumber(ARGV[6])
redis.call('HSET', KEYS[1], 'version', ARGV[2], 'haloGuid', ARGV[3], 'site', ARGV[4],
  'askedAt', string.format('%.0f', now - age))
redis.call('HDEL', KEYS[1], 'dropped', 'droppedAt')
redis.call('PEXPIRE', KEYS[1], math.max(1, goodFor - age))
return 1
`;

/** Arguments: the next version, a Halo GUID, how long its refusal is remembered (ms). Returns 0 if the entry has another GUID. */
export const dropScript = `${opening}
local haloGuid = redis.call('HGET', KEYS[1], 'haloGuid')
if haloGuid and haloGuid ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], 'version', ARGV[1], 'dropped', ARGV[2], 'droppedAt', string.format('%.0f', now))
redis.call('HDEL', KEYS[1], 'haloGuid', 'site', 'askedAt')
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1
`;
