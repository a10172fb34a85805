import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { isUuid, markOf, syncId } from '../../../core';

const sha1 = (bytes: Uint8Array): Uint8Array => createHash('sha1').update(bytes).digest();

const words = fc.record({ siteKey: fc.string(), documentType: fc.string(), sourceEntity: fc.string(), sourceId: fc.string() });

describe('syncId', () => {
	it('I5: is a UUID of version 5, the same for the same words', () => {
		const from = { siteKey: 'shop', documentType: 'customerorder', sourceEntity: 'order', sourceId: '17' };
		expect(syncId(sha1, from)).toBe('fd35bc27-14a5-5d30-8c98-4a3983b85361');
		fc.assert(
			fc.property(words, (some) => {
				const id = syncId(sha1, some);
				expect(isUuid(id)).toBe(true);
				expect(id).toMatch(/^.{14}5.{4}[89ab]/);
				expect(syncId(sha1, { ...some })).toBe(id);
			}),
		);
	});

	it('I5: is another one for any other site, document or source', () => {
		fc.assert(
			fc.property(words, words, (one, other) => {
				fc.pre(JSON.stringify(one) !== JSON.stringify(other));
				expect(syncId(sha1, one)).not.toBe(syncId(sha1, other));
			}),
		);
		const moved = [
			{ siteKey: 'a', documentType: 'b' },
			{ siteKey: 'ab', documentType: '' },
		].map((some) => syncId(sha1, { sourceEntity: '', sourceId: '', ...some }));
		expect(moved[0]).not.toBe(moved[1]);
	});

	it('a mark tells values apart and does not show them', () => {
		expect(markOf(sha1, { phone: '+79161234567' })).toMatch(/^[0-9a-f]{16}$/);
		expect(markOf(sha1, 'a')).not.toBe(markOf(sha1, 'b'));
		expect(markOf(sha1, undefined)).toBe(markOf(sha1, null));
	});
});
