/**
 * Whether the engine is used: `ENGINE=off` turns all of it off. It is read here once, since the modules of the engine choose
 * their functions when they are loaded. `config.ts` checks the value.
 */
export const engineOn = process.env.ENGINE !== 'off';
