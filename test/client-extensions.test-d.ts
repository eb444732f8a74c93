/** The types of `extensions.halo` that consumers import are those of the server. */
import { expectTypeOf } from 'vitest';
import type { HaloExtension as Published } from '../packages/client/src/extensions.ts';
import type { HaloExtension } from '../src/operation/halo-extension.ts';

expectTypeOf<HaloExtension>().toExtend<Published>();
expectTypeOf<HaloExtension['explain']>().toEqualTypeOf<Published['explain']>();
