import { readOrderLink } from '../../../core';
import { aLink, aPosition } from './orders';

const link = aLink([aPosition('1')], { lines: 'a' });
const owner = { key: 'key', flow: 'orders' };

describe('I2: the link of an order', () => {
	it('comes as object, as text, or not at all', () => {
		expect(readOrderLink(link, owner)).toEqual(link);
		expect(readOrderLink(JSON.stringify(link), owner)).toEqual(link);
		for (const none of [undefined, null, '']) expect(readOrderLink(none, owner)).toBeUndefined();
	});

	it.each([
		[{ ...link, key: 'other' }],
		[{ ...link, flow: 'other' }],
		[{ ...link, type: 'product' }],
		[{ ...link, snapshot: null }],
		[{ ...link, moySkladId: null }],
		['nonsense'],
	])('is refused when it is not this order’s: %j', (wrong) => {
		expect(() => readOrderLink(wrong, owner)).toThrow(expect.objectContaining({ code: 'ORDER_LINK_INVALID' }));
	});
});
