import { Installation } from '../demo/installation.cts';
import { importCatalog, plainProducts } from '../demo/mainJob.cts';
import { waitFor } from '../n8n/waiting.cts';
import { chosen } from '../n8n/workflowDraft.cts';
import { control } from '../simulators/moysklad/control.cts';

const WITHIN_MS = 60_000;

type Row = Record<string, unknown>;

/** What a person does in MoySklad arrives in the store: templates 01, 02 and 04. */
describe('Templates of changes', () => {
	let installation: Installation;

	beforeAll(async () => {
		installation = await Installation.start({ moySklad: { size: { products: 30, variantShare: 0.5 }, stockNoticeSeconds: 1 } });
		await importCatalog(installation);
		await installation.publish('02');
	});
	afterAll(async () => await installation?.stop());

	const rows = (type: string): Row[] => installation.moySklad.account.table(type).all();
	const plain = (index: number): Row => plainProducts(installation.moySklad)[index] as Row;
	const element = (key: unknown) => installation.bitrix.portal.store.elements.where('xmlId', String(key))[0];
	const edit = async (method: string, path: string, body?: object): Promise<Row> => {
		const answer = (await control(installation.moySklad.parts, 'POST', 'edit', { user: 'admin', method, path, body })) as { status: number; body: Row };
		if (answer.status >= 300) throw new Error(JSON.stringify(answer.body));
		return answer.body;
	};
	const seen = async <T,>(what: string, look: () => T | undefined | false): Promise<T> => await waitFor(what, WITHIN_MS, async () => await Promise.resolve(look() || undefined));

	it('02: a new product, a changed one, an archived one and a deleted one', async () => {
		const made = await edit('POST', 'entity/product', { name: 'Новинка «Тест» & Co' });
		const deleted = await edit('POST', 'entity/product', { name: 'Только что снято' });
		await seen('The product to be deleted', () => element(deleted.externalCode));
		const [changed, archived] = [plain(0), plain(1)];
		await edit('PUT', `entity/product/${String(changed.id)}`, { weight: 7.5 });
		await edit('PUT', `entity/product/${String(archived.id)}`, { archived: true });
		await edit('DELETE', `entity/product/${String(deleted.id)}`);
		expect((await seen('The new product', () => element(made.externalCode))).name).toBe('Новинка «Тест» & Co');
		await seen('The changed product', () => element(changed.externalCode)?.weight === 7500);
		await seen('The archived product', () => element(archived.externalCode)?.active === 'N');
		await seen('The deleted product', () => element(deleted.externalCode)?.active === 'N');
	});

	it('02: a renamed folder and a new variant', async () => {
		const folder = rows('productfolder').find(({ archived }) => archived !== true) as Row;
		await edit('PUT', `entity/productfolder/${String(folder.id)}`, { name: 'Переименовано' });
		const { sections } = installation.bitrix.portal.store;
		await seen('The renamed section', () => sections.where('xmlId', String(folder.externalCode))[0]?.name === 'Переименовано');
		const sibling = rows('variant').find(({ archived }) => archived !== true) as Row;
		const parent = rows('product').find(({ id }) => JSON.stringify(sibling.product).includes(String(id))) as Row;
		const characteristics = (sibling.characteristics as Array<{ id: string }>).map(({ id }) => ({ id, value: 'Небывалый' }));
		const variant = await edit('POST', 'entity/variant', { characteristics, product: { meta: { href: `${installation.moySklad.baseUrl}/entity/product/${String(parent.id)}`, type: 'product', mediaType: 'application/json' } } });
		await seen('The new offer', () => element(`${String(parent.externalCode)}#${String(variant.externalCode)}`));
	});

	it('02: what the store cannot take now is written when it can again', async () => {
		const product = plain(3);
		installation.bitrix.faults.set([{ kind: 'unavailable', share: 1 }]);
		await edit('PUT', `entity/product/${String(product.id)}`, { weight: 3.25 });
		await new Promise((resolve) => setTimeout(resolve, 6000));
		installation.bitrix.faults.set([]);
		await seen('The change', () => element(product.externalCode)?.weight === 3250);
	});

	it('04: a movement of stock is in the store by the webhook, and again after somebody changed it there by the comparison', async () => {
		await installation.publish('04');
		const product = plain(4);
		const store = String(rows('store')[0]?.id);
		const mark = { assortment: String(product.id), store };
		await control(installation.moySklad.parts, 'POST', 'stock', { ...mark, stock: 500 });
		await control(installation.moySklad.parts, 'POST', 'deliver-stock', {});
		await seen('The new amount', () => Number(element(product.externalCode)?.quantity) >= 500);
		const right = element(product.externalCode)?.quantity;
		installation.bitrix.portal.store.elements.update(element(product.externalCode)?.id as number, { quantity: 3 });
		const { run } = await installation.api.run(installation.workflow('04').id, 'Compare Now', undefined, WITHIN_MS);
		expect(run.error).toBeUndefined();
		expect(element(product.externalCode)?.quantity).toBe(right);
	});

	it('04, R102: critical stock is off without a threshold, told once when it is crossed, also by two runs at once, and once when it is restored', async () => {
		const { api } = installation;
		const product = plain(5);
		const store = rows('store')[0] as Row;
		const setStock = async (stock: number): Promise<unknown> => await control(installation.moySklad.parts, 'POST', 'stock', { assortment: String(product.id), store: String(store.id), stock });
		const look = async (): Promise<Row[]> => {
			const { run } = await api.run(installation.workflow('04').id, 'Critical Stock Every 15 Minutes', undefined, WITHIN_MS);
			if (run.error) throw run.error;
			return run.executed.includes('Critical Stock Alert') ? run.node('Critical Stock Alert').json() : [];
		};
		const tables = async (): Promise<string[]> => (await api.dataTables.list()).filter(({ name }) => name === 'msbx_flows').map(({ id }) => id);
		const kept = async (): Promise<Row[]> => {
			const [id = ''] = await tables();
			return (await api.dataTables.rows(id, { filters: [{ columnName: 'flow', condition: 'eq', value: 'critical stock' }] })).data;
		};
		for (const id of await tables()) await api.dataTables.remove(id);
		await setStock(3);
		expect(await look()).toEqual([]);
		expect(await tables()).toEqual([]);
		const workflow = installation.workflow('04');
		const finder = workflow.nodes.find(({ name }) => name === 'Find Critical');
		Object.assign(finder?.parameters as object, { thresholds: { row: [{ scope: 'product', product: chosen(String(product.id)), store: chosen(String(store.id)), amount: 4 }] } });
		await api.update(workflow);
		const crossed = await look();
		expect(crossed).toMatchObject([{ subject: 'Critical stock: 1 low, 0 restored', text: expect.stringContaining(`${String(store.name)}: 3, threshold 4`) as unknown, crossed: [{ product: product.id, name: product.name, amount: 3, threshold: 4 }], restored: [] }]);
		expect(await kept()).toHaveLength(1);
		expect(await look()).toEqual([]);
		await setStock(50);
		const both = await Promise.all([look(), look()]);
		expect(both.flat()).toMatchObject([{ subject: 'Critical stock: 0 low, 1 restored', crossed: [], restored: [{ product: product.id, amount: 50 }] }]);
		expect(await look()).toEqual([]);
		expect(await kept()).toMatchObject([{ state: '{"low":[]}' }]);
	});

	it('01: the form shows what would change, and changes only when told', async () => {
		const { api } = installation;
		const triggerUrl = await api.webhookUrl(installation.workflow('02'), 'Something Changed');
		const hooks = (): number => rows('webhook').length;
		const before = hooks();
		const submit = async (Action: string): Promise<string> => {
			const item = { json: { 'Webhook URL of the trigger': triggerUrl, Profiles: ['Payments'], Deletions: 'Leave them out', Action } };
			const { run } = await api.run(installation.workflow('01').id, 'Form', [item]);
			if (run.error) throw run.error;
			expect(run.node('Webhooks Now').json()[0]?.html).toContain('<table');
			return String((run.node('What Changed').json()[0]?.lines as string[]).join('\n'));
		};
		expect(await submit('Show what would change')).toMatch(/planned/);
		expect(hooks()).toBe(before);
		expect(await submit('Make the change')).toMatch(/created/);
		expect(hooks()).toBeGreaterThan(before);
		expect(await submit('Make the change')).not.toMatch(/created/);
	});
});
