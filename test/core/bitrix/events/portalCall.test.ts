import fc from 'fast-check';
import { BITRIX_EVENT_ENTITIES, readForm, readPortalCall, readPortalProof } from '../../../../core';

const auth = (name: string): string => `auth[${name}]`;
const MEMBER = 'a223c6b3710f85df';

/** As n8n hands over a form: flat names, several values of a name as a list. */
const FORM = {
	event: 'ONSALEORDERSAVED',
	event_handler_id: '12',
	'data[FIELDS][ID]': '235',
	'data[FIELDS][XML_ID]': 'bx_5f0c',
	'data[FIELDS][ACTION]': 'save',
	ts: '1795000000',
	[auth('domain')]: 'Shop.Bitrix24.ru',
	[auth('client_endpoint')]: 'https://shop.bitrix24.ru/rest/',
	[auth('member_id')]: MEMBER,
	[auth('application_token')]: 'proof',
};

const read = (form: object) => readPortalCall(readForm(form));
const refused = (form: object, code: string): void => expect(() => read(form)).toThrow(expect.objectContaining({ code }) as Error);

it('reads an event with what it refers to, and nothing of the tokens', () => {
	expect(read(FORM)).toEqual({
		entity: 'order',
		id: '235',
		action: 'SAVE',
		event: 'ONSALEORDERSAVED',
		xmlId: 'bx_5f0c',
		moment: '2026-11-18T11:06:40.000Z',
		memberId: MEMBER,
		domain: 'shop.bitrix24.ru',
	});
	expect(readPortalProof(readForm(FORM))).toEqual({
		applicationToken: 'proof',
		memberId: MEMBER,
		domain: 'shop.bitrix24.ru',
	});
});

it('knows every event that a row can ask for, in any case', () => {
	for (const { keyword, events, entityTypeId } of BITRIX_EVENT_ENTITIES)
		for (const [action, names] of Object.entries(events))
			for (const event of names)
				for (const written of [event, event.toLowerCase()]) {
					const form = { ...FORM, event: written, 'data[FIELDS][ENTITY_TYPE_ID]': entityTypeId === undefined ? '' : String(entityTypeId) };
					expect(read(form)).toMatchObject({ entity: keyword, action, event });
				}
});

it('tells smart invoices from other smart processes', () => {
	const form = { ...FORM, event: 'ONCRMDYNAMICITEMUPDATE' };
	expect(read({ ...form, 'data[FIELDS][ENTITY_TYPE_ID]': '31' })).toMatchObject({ entity: 'invoice', action: 'UPDATE' });
	for (const type of ['147', '', 'x']) refused({ ...form, 'data[FIELDS][ENTITY_TYPE_ID]': type }, 'BITRIX_CALL_UNKNOWN_EVENT');
	refused(form, 'BITRIX_CALL_UNKNOWN_EVENT');
});

it.each<[string, object]>([
	['no event', { ...FORM, event: undefined }],
	['an event with a line break', { ...FORM, event: 'ON\nX' }],
	['an event that is a branch', { ...FORM, 'event[x]': 'y', event: undefined }],
	['no id', { ...FORM, 'data[FIELDS][ID]': undefined }],
	['an id that is no number', { ...FORM, 'data[FIELDS][ID]': '1 or 1=1' }],
	['the id 0', { ...FORM, 'data[FIELDS][ID]': '0' }],
	['a huge id', { ...FORM, 'data[FIELDS][ID]': '9'.repeat(16) }],
	['fields that are a text', { event: 'ONCRMDEALADD', 'data[FIELDS]': '5' }],
	['data that is a text', { event: 'ONCRMDEALADD', data: '5' }],
	['nothing', {}],
])('refuses a form with %s', (_what, form) => refused(form, 'BITRIX_CALL_MALFORMED'));

it.each(['ONAPPINSTALL', 'ONORDERDELETED', 'ONCRMLEADADD', 'ONNONSENSE'])('does not know %s', (event) =>
	refused({ ...FORM, event }, 'BITRIX_CALL_UNKNOWN_EVENT'),
);

it.each([undefined, '', 'soon', '-1', '99999999999999'])('goes without a moment when ts is %p', (ts) =>
	expect(read({ ...FORM, ts }).moment).toBeNull(),
);

it('proves nothing when it shows nothing, whatever comes', () => {
	fc.assert(
		fc.property(fc.anything(), (body) => {
			const { applicationToken, memberId, domain } = readPortalProof(readForm(body));
			expect([applicationToken, memberId, domain]).toEqual(['', '', '']);
		}),
	);
});

it('names in a refusal what is wrong, never what was sent', () =>
	expect(() => read({ event: 'secret value', 'data[FIELDS][ID]': 'secret id' })).toThrow(
		/^The call is not an event of Bitrix: event, data\.FIELDS\.ID$/,
	),
);

describe('forms', () => {
	const tree = (form: unknown): unknown => JSON.parse(JSON.stringify(readForm(form)));

	it('take the last value of a name, as PHP does', () => {
		expect(tree({ a: ['1', '2'], 'b[c]': ['x', 'y'] })).toEqual({ a: '2', b: { c: 'y' } });
		expect(tree({ a: '1', 'a[b]': '2' })).toEqual({ a: { b: '2' } });
		expect(tree({ 'a[b]': '2', a: '1' })).toEqual({ a: '1' });
	});

	it('leave out what is no text, has broken brackets or lies too deep', () => {
		expect(tree({ 'a[b': '1', '[a]': '2', 'a]b': '3', 'a[b]c': '4', [`a${'[b]'.repeat(9)}`]: '5', n: 5, o: {}, l: [[]] })).toEqual({});
		for (const body of [null, undefined, 'text', 5, ['a'], []]) expect(tree(body)).toEqual({});
	});

	it('cannot reach what all objects share', () => {
		readForm(JSON.parse('{"__proto__[polluted]":"yes","constructor[prototype][polluted]":"yes"}'));
		expect(({} as { polluted?: string }).polluted).toBeUndefined();
	});

	it('are cut after a thousand fields', () => {
		const form = Object.fromEntries(Array.from({ length: 5000 }, (_, n) => [`f${n}`, '1']));
		expect(Object.keys(readForm(form))).toHaveLength(1000);
	});
});
