import { expect, test } from 'vitest';
import { roleOfUserCategory } from '../../src/datasources/domain/user-role.ts';

test.each<[string | null, string]>([
  ['Principal Doctor', 'DOCTOR'],
  ['employee doctor', 'DOCTOR'],
  ['Contract Doctor', 'DOCTOR'],
  ['Registrar', 'DOCTOR'],
  ['Locum GP', 'DOCTOR'],
  ['Practice Nurse', 'NURSE'],
  ['Nurse Manager', 'NURSE'],
  ['Physiotherapist', 'ALLIED_HEALTH'],
  ['Occupational therapist', 'ALLIED_HEALTH'],
  ['Exercise Physiologist', 'ALLIED_HEALTH'],
  ['Psychologist', 'ALLIED_HEALTH'],
  ['Dietitian', 'ALLIED_HEALTH'],
  ['Receptionist', 'RECEPTIONIST'],
  ['Senior Receptionist', 'RECEPTIONIST'],
  ["Doctor's receptionist", 'RECEPTIONIST'],
  ['Practice Manager', 'PRACTICE_MANAGER'],
  ['Cleaner', 'OTHER'],
  ['Speech Pathologist', 'ALLIED_HEALTH'],
  ['Audiologist', 'ALLIED_HEALTH'],
  ...[
    'Pathologist',
    'Radiologist',
    'Consultant cardiologist',
    'Anaesthetist',
    'Paediatrician',
    'Obstetrician and gynaecologist',
    'Haematologist',
    'Geriatrician',
    'Otolaryngologist',
    'Interventional neuroradiologist',
  ].map((category): [string, string] => [category, 'DOCTOR']),
  ['', 'OTHER'],
  [null, 'OTHER'],
])('G15: %s is %s', (category, role) => {
  expect(roleOfUserCategory(category)).toBe(role);
});
