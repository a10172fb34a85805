import { checkBitrix, checkChoices, checkFinding, checkMoySklad, checkN8n, checkPage, joinReports, type BitrixSeen, type CheckArea, type CheckReport, type Choices, type LiveEntry, type LiveList, type MoySkladSeen, type N8nSeen } from '../../../core';

const ALL = { view: 'ALL', create: 'ALL', update: 'ALL', delete: 'ALL' };
const OBJECTS = ['product', 'variant', 'bundle', 'service', 'productfolder', 'store', 'organization', 'customerorder', 'counterparty', 'paymentin', 'demand', 'webhook'];
const NOW = Date.UTC(2026, 10, 29, 9);

const account = (more: Partial<MoySkladSeen> = {}): MoySkladSeen => ({
	permissions: { ...Object.fromEntries(OBJECTS.map((object) => [object, ALL])), admin: { view: 'ALL' } },
	rate: { limit: 45, windowMilliseconds: 3000 },
	serverTime: NOW,
	now: NOW,
	checkMinimumPrice: false,
	requiredAttributes: [],
	production: true,
	flows: [],
	...more,
});

const portal = (more: Partial<BitrixSeen> = {}): BitrixSeen => ({
	scopes: ['catalog', 'sale'],
	admin: true,
	methods: new Map(),
	catalogs: [{ name: 'Goods', offers: true }],
	required: [],
	inventory: false,
	serverTime: '2026-11-29T12:00:00+03:00',
	now: NOW,
	workflowOffset: 180,
	host: 'shop.example.com',
	https: true,
	local: false,
	variants: true,
	flows: [],
	application: null,
	...more,
});

const codes = ({ findings }: CheckReport): string[] => findings.map(({ severity, code }) => `${severity} ${code}`);

describe('What Sync Check makes of a MoySklad account', () => {
	it('is nothing for a sound one', () => expect(codes(checkMoySklad(account()))).toEqual([]));

	it.each<[string, Partial<MoySkladSeen>, string[]]>([
		['rights that are missing, each', { permissions: { ...account().permissions, variant: { view: 'NO' }, demand: undefined } }, ['error CHECK_MOYSKLAD_RIGHT', 'error CHECK_MOYSKLAD_RIGHT']],
		['rights to one’s own objects only', { permissions: { ...account().permissions, customerorder: { ...ALL, view: 'OWN' } } }, ['error CHECK_MOYSKLAD_RIGHT']],
		['no administrator', { permissions: { ...account().permissions, admin: { view: 'NO' } } }, ['warning CHECK_MOYSKLAD_NOT_ADMIN']],
		['nothing of a solution, whose rights are not told', { permissions: null }, []],
		['a slower account', { rate: { limit: 20, windowMilliseconds: 3000 } }, ['warning CHECK_RATE']],
		['a clock that is a minute late', { now: NOW - 61_000 }, ['error CHECK_CLOCK']],
		['nothing of seconds', { now: NOW + 20_000 }, []],
		['minimum prices', { checkMinimumPrice: true }, ['warning CHECK_MOYSKLAD_MINIMUM_PRICE']],
		['rights that no chosen flow needs', { flows: ['catalog'], permissions: { ...account().permissions, admin: { view: 'NO' } } }, ['warning CHECK_MOYSKLAD_NOT_ADMIN', 'info CHECK_RIGHTS_EXCESS']],
		['nothing of rights to spare where nobody said what is synchronised', { permissions: { ...account().permissions, admin: { view: 'NO' } } }, ['warning CHECK_MOYSKLAD_NOT_ADMIN']],
		['nothing of rights that only other flows need', { flows: ['catalog'], permissions: { ...account().permissions, customerorder: undefined, demand: undefined } }, []],
		['rights that only payments and shipments need', { flows: ['documents'], permissions: { ...account().permissions, cashin: { view: 'ALL', create: 'ALL', update: 'ALL', delete: 'NO' } } }, ['error CHECK_MOYSKLAD_RIGHT']],
		['required fields', { requiredAttributes: [{ object: 'customerorder', attribute: 'Source' }] }, ['warning CHECK_REQUIRED_ATTRIBUTE']],
	])('R209: is %s', (_what, more, expected) => expect(codes(checkMoySklad(account(more)))).toEqual(expected));
});

describe('What Sync Check makes of a Bitrix', () => {
	it('is nothing for a sound one', () => expect(codes(checkBitrix(portal()))).toEqual([]));

	it.each<[string, Partial<BitrixSeen>, string[]]>([
		['a missing permission, once, whatever methods go with it', { scopes: ['catalog'], methods: new Map([['sale.order.list', false], ['sale.status.list', false]]) }, ['error CHECK_SCOPE']],
		['permissions that no chosen flow needs', { flows: ['catalog', 'stock'], scopes: ['catalog', 'sale', 'telephony', 'user_basic'] }, ['info CHECK_SCOPES_EXCESS']],
		['the permissions of CRM where deals are synchronised', { flows: ['deals'], scopes: ['user_basic'], methods: new Map([['crm.item.list', false]]), catalogs: [] }, ['error CHECK_SCOPE']],
		['an application whose term is over', { application: { unpaid: true, license: null } }, ['error CHECK_APPLICATION_UNPAID']],
		['methods of newer versions', { methods: new Map([['catalog.storeproduct.list', false]]) }, ['error CHECK_METHOD']],
		['no administrator, and what that user may perhaps not write', { admin: false }, ['warning CHECK_BITRIX_NOT_ADMIN', 'warning CHECK_WRITE_ADMIN', 'warning CHECK_WRITE_UNSEEN']],
		['nothing of writing where nothing is written', { admin: false, flows: ['orders'], scopes: ['sale'], catalogs: [] }, ['warning CHECK_BITRIX_NOT_ADMIN']],
		['nothing of rights to write what may not even be read', { admin: false, flows: ['crm'], scopes: ['user'], catalogs: [] }, ['error CHECK_SCOPE', 'warning CHECK_BITRIX_NOT_ADMIN']],
		['methods to write with that are missing', { methods: new Map([['catalog.price.add', false]]) }, ['error CHECK_METHOD']],
		['nothing of methods that inventory management makes needless', { flows: ['stock'], scopes: ['catalog'], inventory: true, methods: new Map([['catalog.product.update', false]]) }, ['info CHECK_INVENTORY']],
		['documents that inventory management asks for', { flows: ['stock'], scopes: ['catalog'], inventory: true, admin: false }, ['warning CHECK_BITRIX_NOT_ADMIN', 'warning CHECK_WRITE_UNSEEN', 'info CHECK_INVENTORY']],
		['no catalog', { catalogs: [] }, ['error CHECK_NO_CATALOG']],
		['no offers for variants', { catalogs: [{ name: 'Goods', offers: false }] }, ['warning CHECK_NO_OFFERS']],
		['nothing of offers without variants', { catalogs: [{ name: 'Goods', offers: false }], variants: false }, []],
		['what has to be filled', { required: [checkFinding('bitrix', 'warning', 'CHECK_REQUIRED_PROPERTY', { catalog: 'Goods', property: 'Brand' })] }, ['warning CHECK_REQUIRED_PROPERTY']],
		['inventory management', { inventory: true }, ['info CHECK_INVENTORY']],
		['plain HTTP', { https: false }, ['error CHECK_PLAIN_HTTP']],
		['nothing of plain HTTP within a network', { https: false, local: true }, []],
		['a wrong clock', { serverTime: '2026-11-29T12:05:00+03:00' }, ['error CHECK_CLOCK']],
		['another time zone', { workflowOffset: -330 }, ['info CHECK_TIME_ZONE']],
		['nothing of a time that is none', { serverTime: 'soon' }, []],
	])('R209: is %s', (_what, more, expected) => expect(codes(checkBitrix(portal(more)))).toEqual(expected));

	it('shows time zones as people write them', () => {
		expect(checkBitrix(portal({ workflowOffset: -330 })).findings[0]?.message).toBe('The time zone of Bitrix is UTC+3, that of the workflow is UTC-5:30');
	});
});

describe('What Sync Check makes of choices', () => {
	const entries: LiveEntry[] = [
		{ list: 'organizations', id: 'o', name: 'Shop Ltd' }, { list: 'catalogs', id: '7', name: 'Goods' },
		{ list: 'orderStates', id: 's1', name: 'New' }, { list: 'orderStates', id: 's2', name: 'Shipped' },
		{ list: 'orderStatuses', id: 'N', name: 'Accepted' }, { list: 'orderStatuses', id: 'F', name: 'Done' },
	];
	const lists = new Set<LiveList>(['organizations', 'catalogs', 'orderStates', 'orderStatuses']);
	const chosen: Choices['single'] = [{ list: 'organizations', id: 'o' }, { list: 'catalogs', id: '7' }];
	const pair = (leftId: string, rightId: string): Choices['pairs'][number] => ({ left: 'orderStates', leftId, right: 'orderStatuses', rightId });
	const found = (choices: Partial<Choices>, known = lists): string[] => codes({ findings: checkChoices({ single: chosen, pairs: [], ...choices }, entries, known), facts: [], looked: [] });

	it('is nothing when all is chosen and there', () => expect(found({ pairs: [pair('s1', 'N'), pair('s2', 'F')] })).toEqual([]));
	it('is what was not chosen', () => expect(found({ single: [{ list: 'catalogs', id: '' }] })).toEqual(['error CHECK_NOT_CHOSEN', 'error CHECK_NOT_CHOSEN']));
	it('is what is gone, in maps too', () => expect(found({ single: [...chosen.slice(1), { list: 'organizations', id: 'x' }], pairs: [pair('s1', 'N'), pair('s2', 'F'), pair('s9', 'F')] })).toEqual(['error CHECK_CHOICE_GONE', 'error CHECK_CHOICE_GONE']));
	it('is what a status map leaves out, on both sides', () => expect(found({ pairs: [pair('s1', 'N')] })).toEqual(['warning CHECK_STATE_UNMAPPED', 'warning CHECK_STATUS_UNMAPPED']));
	it('is what maps of price types and stores leave out, where somebody began one', () => {
		const more: LiveEntry[] = [{ list: 'bitrixPriceTypes', id: '1', name: 'Base' }, { list: 'bitrixPriceTypes', id: '2', name: 'Wholesale' }, { list: 'moySkladStores', id: 'm1', name: 'Main' }, { list: 'moySkladStores', id: 'm2', name: 'Shop' }];
		const pairs: Choices['pairs'] = [{ left: 'moySkladPriceTypes', leftId: 'p', right: 'bitrixPriceTypes', rightId: '1' }, { left: 'moySkladStores', leftId: 'm1', right: 'bitrixStores', rightId: '1' }];
		const of = (chosenPairs: Choices['pairs']): string[] => checkChoices({ single: chosen, pairs: chosenPairs }, more, new Set<LiveList>(['bitrixPriceTypes', 'moySkladStores'])).map(({ severity, message }) => `${severity} ${message}`);
		expect(of(pairs)).toEqual(['info The price type “Wholesale” of the store has no price type in MoySklad', 'info The store “Shop” of MoySklad has no store in Bitrix']);
		expect(of([])).toEqual([]);
	});
	it('is nothing of lists that could not be read', () => expect(found({ single: [] }, new Set())).toEqual([]));
});

describe('The page of Sync Check', () => {
	const report = checkMoySklad(account({ requiredAttributes: [{ object: 'demand', attribute: '<script>' }], now: NOW - 100_000 }));

	it('R209: has the gravest first, and the areas that were looked at', () => {
		const joined = joinReports([checkBitrix(portal({ inventory: true })), report]);
		expect(joined.findings.map(({ severity }) => severity)).toEqual(['error', 'warning', 'info']);
		const page = checkPage(joined, ['moySklad', 'exchange']);
		expect(page).toContain('<h1>Not ready</h1>');
		expect(page).not.toContain('<h2>Bitrix REST</h2>');
	});

	it('calls an area well only where something of it was seen', () => {
		const page = checkPage(joinReports([report, { findings: [], facts: [], looked: ['exchange'] }]), ['moySklad', 'exchange', 'address']);
		const told = (name: string): string | undefined => new RegExp(`<h2>${name}</h2><div[^>]*>([^<]*)</div>`).exec(page)?.[1];
		expect(told('1C exchange')).toBe('All is well.');
		expect(told('Public address')).toBe('Nothing of it was looked at.');
		expect(page.match(/All is well/g)).toHaveLength(1);
	});

	it.each<[string, Partial<N8nSeen>, CheckArea[]]>([
		['nothing', {}, []],
		['its version', { version: '2.41.1' }, ['n8n']],
		['its tables, of which there is none', { tables: [] }, ['n8n']],
	])('calls n8n well where somebody told %s', (_what, more, looked) =>
		expect(checkN8n({ version: null, queueMode: null, inbox: null, concurrencyLimit: null, tables: null, tableLimit: 1, ...more }).looked).toEqual(looked));

	it('shows names as text', () => {
		expect(checkPage(report, ['moySklad'])).toContain('&lt;script&gt;');
		expect(checkPage(report, ['moySklad'])).not.toContain('<script>');
	});
});
