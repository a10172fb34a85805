import { bornFrom } from '../../../../core';

const PORTAL = 'portal.bitrix24.ru';

it.each([
	[`bitrix:${PORTAL}:deal:42`, { deal: 42 }],
	[`bitrix:${PORTAL}:42`, { storeOrder: '42' }],
	['bitrix:other.bitrix24.ru:deal:42', undefined],
	[`bitrix:${PORTAL}.evil:deal:42`, undefined],
	[`bitrix:${PORTAL}:customer:42`, undefined],
	[`bitrix:${PORTAL}:deal:`, undefined],
	[`bitrix:${PORTAL}:deal:42x`, undefined],
	['born-in-moysklad', undefined],
	[null, undefined],
])('the external code %s of an order', (code, born) => {
	expect(bornFrom(code, PORTAL)).toEqual(born);
});

it('a site key with letters that mean something in patterns, and another one within it', () => {
	expect(bornFrom('bitrix:a.b(1):deal:7', 'a.b(1)')).toEqual({ deal: 7 });
	expect(bornFrom('bitrix:shop:old:deal:7', 'shop')).toBeUndefined();
	expect(bornFrom('bitrix:shop:old:deal:7', 'shop:old')).toEqual({ deal: 7 });
});
