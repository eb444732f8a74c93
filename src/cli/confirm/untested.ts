/** Why `confirm` cannot test an assumption, by reason. docs/assumptions.md has the same lists. */
export const untested: readonly { readonly reason: string; readonly ids: readonly string[] }[] = [
  {
    reason: 'Only a change at the practice would show it, and `confirm` changes nothing.',
    ids: 'H10 H11 B24 B25 B27 B35 B37 B41 F12 F13 F14 F15 F16 F17 P6'.split(' '),
  },
  {
    reason: 'Only an error or an outage would show it.',
    ids: 'H4 H5 H7 H9 H20 H29 H30 H33 H36 H37'.split(' '),
  },
  {
    reason: 'It is how halo-graph uses the facts, or what it accepts from callers.',
    ids: 'H12 H13 H14 H31 B9 B13 B14 B17 B19 B26'.split(' '),
  },
  {
    reason: 'Halo Cloud does not say it: its invoice, its logs or its support do.',
    ids: 'H1 H27 H32 H34'.split(' '),
  },
  {
    reason:
      'It concerns other kinds of queries than the immediate ones of `confirm`: async ones, pages, outputs, large results.',
    ids: 'H8 H16 H17 H18 H19 H21 H22 H23 P3'.split(' '),
  },
  {
    reason: 'A read would show details of patients.',
    ids: 'F18 F19 F20 F21'.split(' '),
  },
];
