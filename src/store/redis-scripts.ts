/**
 * Lua scripts for idempotency keys. Redis runs each of them as one atomic step.
 * A key is a hash: `input`; `state` (running, settled, unknown); `owner`, the token of its last claim; `leaseEnds` of
 * that claim; `since`, when the write with the unknown outcome was sent, or '' if there is none; `outcome`;
 * `expires`. Times are milliseconds since 1970 by the clock of Redis, because the clocks of replicas differ. Redis
 * and replicas exchange only ages. An argument `now` that is not empty replaces the clock.
 */

/**
 * A script that has written already may use more memory, even if Redis is full. With this no-op in front of its first write, Redis takes
 * what is small and must not fail: idempotency keys, and which replica leads a book. The log of a live book, which is large, waits.
 */
export const evenIfFull = `redis.call('HDEL', KEYS[1], '')
`;

const clock = `
local now = tonumber(ARGV[1])
if not now then
  local time = redis.call('TIME')
  now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
end
`;

/**
 * Arguments: now, input, token, lease (ms), kept (ms). Returns `{'mine', age}` with the age in ms of a write whose
 * outcome is unknown, else ''; `{'running'}`; `{'settled', outcome}`; `{'other-input'}`. A holder whose lease has
 * ended counts as crashed. It may have sent a write until then.
 */
export const claimScript = `${clock}
local entry = redis.call('HMGET', KEYS[1], 'input', 'state', 'leaseEnds', 'since', 'outcome', 'expires')
local input, state, leaseEnds, since, outcome, expires = unpack(entry)
local lease, kept = tonumber(ARGV[4]), tonumber(ARGV[5])
local runs = state == 'running' and tonumber(leaseEnds) > now
if state and not runs and tonumber(expires) <= now then
  redis.call('DEL', KEYS[1])
  state = false
end
if state and input ~= ARGV[2] then return {'other-input'} end
if runs then return {'running'} end
if state == 'settled' then return {'settled', outcome} end
if state == 'running' then since = leaseEnds end
if not state then
  since = ''
  expires = now + kept
end
${evenIfFull}redis.call('HSET', KEYS[1], 'input', ARGV[2], 'state', 'running', 'owner', ARGV[3],
  'leaseEnds', now + lease, 'since', since, 'expires', expires)
redis.call('PEXPIRE', KEYS[1], math.max(tonumber(expires) - now, lease))
if since == '' then return {'mine', ''} end
return {'mine', string.format('%d', now - tonumber(since))}
`;

/** Arguments: now. Returns 1 while a holder has the key and its lease, else 0. */
export const runningScript = `${clock}
local state, leaseEnds = unpack(redis.call('HMGET', KEYS[1], 'state', 'leaseEnds'))
if state == 'running' and tonumber(leaseEnds) > now then return 1 end
return 0
`;

/**
 * Arguments: now, input, token, how it ends, a value, kept (ms). Endings: `settled` (the outcome), `unknown` (age in
 * ms of what was sent), `released`, and `unclaimed` for a claim whose response never arrived: the key is as it was
 * before it.
 * Returns 0 and changes nothing if another claim has the key now. If Redis has lost the key, it is stored again.
 */
export const endScript = `${clock}
local state, owner, since = unpack(redis.call('HMGET', KEYS[1], 'state', 'owner', 'since'))
local ending, value, kept = ARGV[4], ARGV[5], tonumber(ARGV[6])
if state and owner ~= ARGV[3] then return 0 end
${evenIfFull}if ending == 'unclaimed' and state == 'running' and since ~= '' then
  redis.call('HSET', KEYS[1], 'state', 'unknown')
elseif ending == 'unclaimed' or ending == 'released' then
  if state == 'running' then redis.call('DEL', KEYS[1]) end
else
  if not state then
    redis.call('HSET', KEYS[1], 'input', ARGV[2], 'owner', ARGV[3], 'since', '', 'leaseEnds', now, 'expires', now + kept)
    redis.call('PEXPIRE', KEYS[1], kept)
  end
  if ending == 'settled' then redis.call('HSET', KEYS[1], 'state', 'settled', 'outcome', value)
  else redis.call('HSET', KEYS[1], 'state', 'unknown', 'since', now - tonumber(value)) end
end
return 1
`;
