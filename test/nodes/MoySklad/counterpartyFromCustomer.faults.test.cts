import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { Engine } from '../../n8n/engine.cts';
import type { CallableWorkflow } from '../../n8n/subWorkflows.cts';
import type { FaultRule } from '../../simulators/kernel/faults.cts';
import type { Json } from '../../simulators/moysklad/caller.cts';
import { changing, node } from '../shared/changingWorkflow.cts';
import { EntityBench } from './entityBench.cts';

let bench: EntityBench;
beforeAll(async () => (bench = await EntityBench.start({ size: { products: 1, variantShare: 0 } })));
afterAll(async () => await bench.close());
beforeEach(() => bench.reset());

const OPERATION = { resource: 'counterparty', operation: 'createOrUpdateFromCustomer', siteKey: 'shop' };

const write = async (items: IDataObject[], parameters: INodeParameters = {}): Promise<Json[]> => {
	const { error, outputs } = await bench.run({ ...OPERATION, ...parameters }, items);
	if (error) throw error;
	const itemOf = ({ pairedItem }: { pairedItem?: unknown }): number => (pairedItem as { item: number }).item;
	return outputs.flat().sort((one, other) => itemOf(one) - itemOf(other)).map(({ json }) => json as Json);
};
const outcomeOf = ({ status, error }: Json): string => String((error as Json | undefined)?.code ?? status);
const named = (name: string): Json[] => bench.shop.account.table('counterparty').all().filter((row) => row.name === name) as Json[];

const FAULTS: Array<[name: string, rule: Omit<FaultRule, 'share'>]> = [
	['429', { kind: 'rateLimit' }],
	['500', { kind: 'serverError' }],
	['a page instead of data', { kind: 'html' }],
	['a body that is cut off', { kind: 'cut' }],
	['a connection that is closed', { kind: 'reset' }],
];

describe.each(FAULTS)('R170: after %s', (_, rule) => {
	it('everybody is made, and nobody twice', async () => {
		const customers = Array.from({ length: 20 }, (_each, place) => ({ name: `После ${rule.kind} ${'абвгдежзиклмнопрстуф'.charAt(place)}а`, id: `${rule.kind} ${place}` }));
		bench.shop.faults.set([{ ...rule, share: 1, times: 2, route: '^POST /entity/counterparty$' }]);
		await write(customers);
		bench.shop.faults.set([]);
		await write(customers);
		for (const { name } of customers) expect(named(name)).toHaveLength(1);
	});

	it('a contact person is added once', async () => {
		const customer = { kind: 'legal', name: `ООО «${rule.kind}»`, inn: String(7_700_000_000 + FAULTS.findIndex(([name]) => name === _)) };
		const [made] = (await write([customer])) as [Json];
		bench.shop.faults.set([{ ...rule, share: 1, times: 1, route: 'POST /entity/counterparty/.*contactpersons' }]);
		const later = { ...customer, contactPersons: [{ name: 'Анна Волкова', phone: '89161234567' }] };
		await write([later]);
		bench.shop.faults.set([]);
		await write([later]);
		expect((await bench.rows(`entity/counterparty/${String(made.moySkladId)}/contactpersons`)).map(({ name }) => name)).toEqual(['Анна Волкова']);
	});
});

it('while MoySklad is away every item fails with a code that says so, and none is created later by mistake', async () => {
	bench.shop.faults.set([{ kind: 'html', share: 1 }]);
	expect((await write([{ name: 'Отсутствующий' }, { name: 'Тоже', phone: '89160000000' }])).map(outcomeOf)).toEqual(['ANSWER_NOT_JSON', 'ANSWER_NOT_JSON']);
	bench.reset();
	expect(named('Отсутствующий')).toEqual([]);
}, 60_000);

it('input that is not what it should be: each item fails alone and with a code', async () => {
	const long = 'ы'.repeat(300_000);
	const nested = (depth: number): IDataObject => (depth === 0 ? {} : { customer: nested(depth - 1) });
	const cases: Array<[item: IDataObject, outcome: string]> = [
		[{ name: 'Хороший' }, 'created'],
		[{}, 'COUNTERPARTY_NAMELESS'],
		[{ name: ['Анна'] as never }, 'COUNTERPARTY_UNREADABLE'],
		[{ name: long, phone: long, email: `${long}@mail.ru`, inn: long, description: long }, 'created'],
		[{ name: 'half \uD800', phone: '\u0000' }, 'created'],
		[{ name: `'";=\\`, email: 'ends@with.ru\\' }, 'created'],
		[{ name: 'Счёт', accounts: [{ bic: '044' }] as never }, 'COUNTERPARTY_UNREADABLE'],
		[{ name: 'Люди', contactPersons: 'Анна' as never }, 'COUNTERPARTY_UNREADABLE'],
		[{ name: 'Дата', birthDate: '32.13.1990' }, 'MOYSKLAD_VALUE_INVALID'],
		[{ name: 'Вложенный', customer: nested(3000) }, 'COUNTERPARTY_UNREADABLE'],
		[{ name: 'Вложенный неглубоко', customer: nested(100) }, 'created'],
		[JSON.parse('{"name":"Прототип","__proto__":{"kind":"legal"},"constructor":"x"}') as IDataObject, 'created'],
		[{ name: 'Ид', moySkladId: 'none' }, 'created'],
		[{ name: 'Чужое решение', decision: { key: 'x', take: 'create' } }, 'COUNTERPARTY_DECISION_INVALID'],
		[{ name: 'Чужая связь', link: 'nonsense' }, 'COUNTERPARTY_LINK_INVALID'],
		[{ name: 7_701_234_567, phone: 89_161_112_233, inn: 7_701_234_567 }, 'created'],
		[{ name: 'Список', email: Array.from({ length: 3_000 }, (_, place) => `list${place}@mail.ru`) }, 'created'],
		[{ name: 'Цифры', phone: '8'.repeat(100_000) }, 'created'],
		[{ name: true as never }, 'COUNTERPARTY_UNREADABLE'],
		[{ name: 'Адреса', email: [['a@b.ru']] as never }, 'COUNTERPARTY_UNREADABLE'],
		[{ name: '\u0001\u0002' }, 'COUNTERPARTY_NAMELESS'],
		[{ name: 'Группы', tags: Array.from({ length: 1_500 }, (_, place) => `группа ${place}`) }, 'created'],
		[{ name: 'Много людей', kind: 'legal', contactPersons: Array.from({ length: 1_200 }, (_, place) => ({ name: `Человек ${place} ${long.slice(0, 300)}` })) }, 'created'],
		[{ name: 'Счета', kind: 'legal', accounts: [{ accountNumber: '4'.repeat(300) }, { accountNumber: '40702810900000000001', bankName: long }] }, 'created'],
		[{ name: 'Хороший тоже' }, 'created'],
	];
	const results = await write(cases.map(([item]) => item));
	expect(results.map(outcomeOf)).toEqual(cases.map(([, outcome]) => outcome));
	const warned = (place: number): unknown => (results[place]?.warnings as Json[]).map(({ code, message }) => [code, String(message).split(': ')[1]]);
	expect(warned(3)).toEqual([['COUNTERPARTY_VALUE_CUT', 'name, description'], ['COUNTERPARTY_VALUE_LEFT_OUT', 'phone, inn, email']]);
	expect(named(long.slice(0, 255))).toMatchObject([{ description: long.slice(0, 4096) }]);
	expect(named('half \uFFFD')).toHaveLength(1);
	const [firm] = named('Счета') as [Json];
	expect(await bench.rows(`entity/counterparty/${String(firm.id)}/accounts`)).toMatchObject([{ accountNumber: '40702810900000000001', bankName: long.slice(0, 255) }]);
	bench.reset();
	expect((await write(cases.map(([item]) => item))).filter(({ status }) => status === 'created' || status === 'updated')).toEqual([]);
});

it('many phones cost no more calls than the whole list', async () => {
	const customers = Array.from({ length: 60 }, (_, place) => ({ name: `Абонент ${'абвгдежзиклмнопрстуфхцчшэюя'.charAt(place % 27)}${'абв'.charAt(place / 27)}`, phone: `8 999 000-00-${String(place).padStart(2, '0')}` }));
	expect((await write(customers)).every(({ status }) => status === 'created')).toBe(true);
	expect(bench.callCount).toBeLessThan(20);
	bench.reset();
	expect((await write(customers.map((customer) => ({ ...customer, id: customer.phone })))).every(({ status }) => status === 'unchanged')).toBe(true);
	expect(bench.callCount).toBeLessThan(20);
});

it('C8: a sub-workflow changes what is written, and not who it is', async () => {
	const engine = await Engine.load({ fromN8n: ['n8n-nodes-base'] });
	const entity = node('Write', 'n8n-nodes-moysklad-bitrix.moySkladEntity', { ...OPERATION, options: { subWorkflow: { __rl: true, mode: 'id', value: 'hook' } } });
	const workflow: CallableWorkflow = { id: 'main', nodes: [{ ...entity, credentials: { moySkladApi: { id: 'm', name: 'moySkladApi' } } }], connections: {} };
	const run = async (hook: CallableWorkflow) => await engine.runWorkflow({ workflow, start: 'Write', items: [{ name: 'Через процесс', phone: '89991112233' }], credentials: bench.credentials(), workflows: { hook } });
	const done = await run(changing({ 'customer.description': '={{ $json.key.length }} {{ $json.customer.phones[0] }}', 'customer.source.id': 'other' }));
	expect(done.node('Write').json(0)).toMatchObject([{ status: 'created' }]);
	expect(named('Через процесс')).toMatchObject([{ description: '36 89991112233', syncId: done.node('Write').json(0)[0]?.key }]);
	expect((await run(changing({ key: 'other' }))).error?.message).toContain('item 0 has another key');
}, 60_000);

it('live lists: fields, keys and states of counterparties', async () => {
	await bench.edit('POST', 'entity/counterparty/metadata/attributes', { name: 'Ширина', type: 'double' });
	await bench.edit('POST', 'entity/counterparty/metadata/attributes', { name: 'Номер в магазине', type: 'string' });
	const list = async (method: string): Promise<string[]> => (await bench.engine.loadList('listSearch', { ...bench.setup(OPERATION), method })).results.map(({ name }) => name);
	expect(await list('counterpartyTargets')).toEqual(expect.arrayContaining(['Name', 'Phone', 'Groups', 'Contact Persons', 'Additional Field: Ширина']));
	expect(await list('counterpartyTargets')).not.toContain('Created');
	expect(await list('counterpartyKeys')).toEqual(['External Code', 'Code', 'Additional Field: Номер в магазине']);
	expect((await list('counterpartyStates')).length).toBeGreaterThan(0);
});
