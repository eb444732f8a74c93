/**
 * Whether the engine is used. `ENGINE=off` switches all of it off. The variable is read once, because the modules of the engine
 * choose their functions when they are loaded. `config.ts` checks the value.
 */
export const engineOn = process.env.ENGINE !== 'off';
