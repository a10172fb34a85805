import { createHash } from 'crypto';
import type { Sha1 } from '../../core';

/** What core derives ids with. */
export const sha1: Sha1 = (bytes) => createHash('sha1').update(bytes).digest();
