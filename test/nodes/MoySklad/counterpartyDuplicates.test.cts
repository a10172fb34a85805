import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Json } from '../../simulators/moysklad/caller.cts';
import { EntityBench } from './entityBench.cts';

interface Group extends Json {
	kind: string;
	size: number;
	score: number;
	members: Json[];
	pairs: Array<{ ids: [string, string]; score: number; reasons: string[] }>;
}

let bench: EntityBench;

beforeAll(async () => {
	bench = await EntityBench.start({ size: { products: 1, variantShare: 0 } });
});
afterAll(async () => await bench.close());
beforeEach(() => bench.reset());

const find = async (parameters: INodeParameters = {}, items: IDataObject[] = [{}]) => {
	const outcome = await bench.run({ resource: 'counterparty', operation: 'findDuplicates', ...parameters }, items);
	if (outcome.error) throw outcome.error;
	return outcome;
};
const add = async (fields: IDataObject): Promise<string> => String((await bench.edit('POST', 'entity/counterparty', fields)).id);
const groups = (json: IDataObject[]): Group[] => (json as unknown as Group[]).filter(({ kind }) => kind === 'group');

describe('Find Duplicates', () => {
	it('R168: counterparties that are probably the same, by several fields, with scores and reasons; nothing is changed', async () => {
		const ids = [
			await add({ name: 'ООО «Ромашка»', companyType: 'legal', inn: '7701234567', kpp: '770101001' }),
			await add({ name: 'Ромашка', companyType: 'legal', inn: '7701234567', archived: true }),
			await add({ name: 'Общество с ограниченной ответственностью Ромашка', companyType: 'legal', contactpersons: [{ name: 'Анна', phone: '8 495 111-22-33' }] }),
			await add({ name: 'Ромашка ООО', companyType: 'legal', inn: '7701234567', phone: '+7 (495) 111-22-33' }),
			await add({ name: 'ООО «Ромашка»', companyType: 'legal', inn: '5001112223' }),
		];
		bench.reset();
		const found = groups((await find()).json(0)).find(({ members }) => members.some(({ id }) => id === ids[0])) as Group;
		expect(found.members.map(({ id }) => id).sort()).toEqual(ids.slice(0, 4).sort());
		expect(found.members).toContainEqual(expect.objectContaining({ id: ids[1], name: 'Ромашка', archived: true, url: expect.any(String) as string }));
		const [first, third] = [found.pairs.find((pair) => pair.ids.includes(ids[0] as string) && pair.ids.includes(ids[1] as string)), found.pairs.find((pair) => pair.ids.includes(ids[2] as string))];
		expect(first?.reasons).toEqual(expect.arrayContaining(['INN: same', 'name: same']));
		expect(third?.reasons).toEqual(expect.arrayContaining(['phone: same', 'name: same']));
		expect(found.score).toBeLessThanOrEqual(Math.max(...found.pairs.map(({ score }) => score)));
		expect(Object.keys(bench.calls).every((route) => route.startsWith('GET'))).toBe(true);
	});

	it('by chosen fields only, and from a chosen score on', async () => {
		const ids = [await add({ name: 'Рыбина Ольга', companyType: 'individual', phone: '89035550000' }), await add({ name: 'Рыбина Ольга', companyType: 'individual' })];
		const having = async (parameters: INodeParameters): Promise<boolean> => groups((await find(parameters)).json(0)).some(({ members }) => members.some(({ id }) => id === ids[0]));
		expect(await having({})).toBe(false);
		expect(await having({ options: { score: 60 } })).toBe(true);
		expect(await having({ options: { score: 60 }, matchRules: { rule: [{ by: 'phone' }] } })).toBe(false);
	});

	it('a phone that many have is told, and compares nobody', async () => {
		for (let place = 0; place < 4; place += 1) await add({ name: `Звонящий ${'абвг'.charAt(place)}`, companyType: 'individual', phone: '8 800 555-35-35' });
		const report = (await find({ options: { most: 3 } })).json(0);
		expect(report).toContainEqual(expect.objectContaining({ kind: 'shared', field: 'phone', key: '8005553535', count: 4, warnings: [expect.objectContaining({ code: 'COUNTERPARTY_KEY_SHARED' })] }));
		expect(groups(report).some(({ members }) => members.some(({ phone }) => phone === '8 800 555-35-35'))).toBe(false);
	});

	it('customers among the input items: of a store, of Bitrix24, or with fields that are defined', async () => {
		const items = [
			{ ID: '5', NAME: 'Анна', LAST_NAME: 'Волкова', PHONE: [{ VALUE: '89161234567' }] },
			{ nothing: 1 },
			{ id: 6, name: 'Анна', lastName: 'Волкова', fm: [{ typeId: 'PHONE', value: '+7 (916) 123-45-67' }] },
			{ name: 'Ольга Рыбина', phone: '89035550000' },
		];
		const run = await find({ lookAmong: 'items' }, items);
		expect(groups(run.json(0))).toMatchObject([{ size: 2, members: [{ item: 0, source: { id: '5' } }, { item: 2, source: { id: '6' } }], pairs: [{ reasons: ['phone: same', 'name: same'] }] }]);
		expect(run.outputs[0]?.[0]?.pairedItem).toEqual([{ item: 0 }, { item: 2 }]);
		expect(run.json(1)).toMatchObject([{ status: 'failed', error: { code: 'COUNTERPARTY_NAMELESS' } }]);
		expect(bench.callCount).toBe(0);
		const named = await find({ lookAmong: 'items', customerData: 'fields', customerFields: { name: '={{ $json.who }}', email: '={{ $json.mail }}' } }, [{ who: 'Анна', mail: 'a@b.ru' }, { who: 'Анна Волкова', mail: 'A@b.ru' }]);
		expect(groups(named.json(0))).toMatchObject([{ size: 2 }]);
	});
});
