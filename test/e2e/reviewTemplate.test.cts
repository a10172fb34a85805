import { Installation } from '../demo/installation.cts';
import { flowState } from '../demo/mainJob.cts';
import type { StoredRow } from '../n8n/dataTables.cts';
import { FormVisitor } from '../n8n/formVisitor.cts';
import { control } from '../simulators/moysklad/control.cts';
import { addCounterparty, orderOf } from './doubtfulCustomers.cts';
import { expectKnownRows } from './keptRows.cts';

const WITHIN_MS = 60_000;
const LOGIN = { user: 'reviewer', password: 'of-doubtful-customers' };

describe('Templates 22 and 25: counterparties, and doubtful ones decided by a person', () => {
	let installation: Installation;

	beforeEach(async () => {
		installation = await Installation.start({
			moySklad: { size: { products: 1, variantShare: 0, pictures: 0 } },
			settings: { '22': { startDate: '2020-01-01', pageSize: 10, leaseMinutes: 0.1 } },
		});
	});
	afterEach(async () => await installation?.stop());

	const place = (properties: Record<string, string>): void => orderOf(installation, properties);
	const add = async (body: Record<string, unknown>): Promise<string> => await addCounterparty(installation, body);
	const run = async (): Promise<void> => {
		const { run: done } = await installation.api.run(installation.workflow('22').id, 'Run Now', undefined, WITHIN_MS);
		if (done.error) throw new Error(done.error.message);
	};
	const reviews = async (): Promise<StoredRow[]> => {
		const { id } = await installation.api.dataTables.named('msbx_reviews');
		return (await installation.api.dataTables.rows(id)).data;
	};
	const counterparties = (): Array<Record<string, unknown>> => installation.moySklad.account.table('counterparty').all();
	const named = (name: string): Array<Record<string, unknown>> => counterparties().filter((row) => row.name === name);

	/** Publishes the form behind a login. */
	async function openForm(): Promise<string> {
		const { api, n8n } = installation;
		const workflow = installation.workflow('25');
		const { id, name, type } = await api.createCredential('httpBasicAuth', LOGIN);
		const form = workflow.nodes.find((node) => node.name === 'Form');
		if (!form) throw new RangeError('There is no form');
		form.credentials = { [type]: { id, name } };
		await api.update(workflow);
		await installation.publish('25');
		return `${n8n.url}/form/${form.webhookId}`;
	}

	it('R143, R167: customers become counterparties once; a person decides about doubtful ones in a form, and the next run obeys', async () => {
		const [pyotr, other] = [
			await add({ name: 'Пётр Волков', companyType: 'individual', email: 'volkov@example.com' }),
			await add({ name: 'Белова <Ольга> & Ко', companyType: 'individual', phone: '8 903 111-22-33' }),
		];
		const before = counterparties().length;
		place({ FIO: 'Анна Рыбина', EMAIL: 'anna@example.com', PHONE: '8 916 123-45-67' });
		place({ FIO: 'Рыбина Анна', EMAIL: 'Anna@Example.com', PHONE: '+7 (916) 123-45-67' });
		place({ FIO: 'Анна Волкова', EMAIL: 'volkov@example.com' });
		place({ FIO: 'Тимур Ахметов', PHONE: '+7 903 111 22 33' });
		place({ FIO: 'Ольга Белкина <b> & "Ко"', PHONE: '89031112233', EMAIL: 'olga@example.com' });
		installation.bitrix.clock.advance(2000);
		await run();
		expect(named('Анна Рыбина').length + named('Рыбина Анна').length).toBe(1);
		expect(counterparties()).toHaveLength(before + 1);
		expect((await reviews()).map(({ state, name }) => ({ state, name }))).toEqual([
			{ state: 'open', name: 'Анна Волкова' },
			{ state: 'open', name: 'Тимур Ахметов' },
			{ state: 'open', name: 'Ольга Белкина <b> & "Ко"' },
		]);
		expect(await flowState(installation.api, 'counterparties')).not.toEqual({});

		const address = await openForm();
		await expect(FormVisitor.open(address)).rejects.toThrow('401');
		const choose = async (pick: (label: string, customer: string) => boolean): Promise<string> => {
			const page = await (await FormVisitor.open(address, LOGIN)).submit({ 0: '10' });
			const answers = Object.fromEntries(radiosIn(page.page).flatMap(({ place: field, customer, labels }) => labels.filter((label) => pick(label, customer)).map((label) => [field, JSON.stringify([label])])));
			return (await page.submit(answers)).page;
		};
		const shown = await (await FormVisitor.open(address, LOGIN)).submit({ 0: '10' });
		expect(shown.page).toContain('e-mail: same');
		expect(shown.page).toContain('name: differs');
		expect(shown.page).not.toContain('<b>');

		const done = await choose((label, customer) => (customer.includes('Волкова') ? label === 'A new counterparty' : customer.includes('Ахметов') ? label === 'Leave this customer out' : label === 'Decide later'));
		expect(done).toContain('Decisions kept: 2');
		expect((await reviews()).map(({ state }) => state)).toEqual(['decided', 'decided', 'open']);

		await run();
		expect(named('Анна Волкова')).toHaveLength(1);
		expect(named('Тимур Ахметов')).toEqual([]);
		expect(counterparties().find(({ id }) => id === pyotr)).toMatchObject({ name: 'Пётр Волков', email: 'volkov@example.com' });
		const rows = await reviews();
		expect(rows.map(({ state }) => state)).toEqual(['done', 'done', 'open']);
		expect(JSON.stringify(rows.slice(0, 2))).not.toMatch(/Волков|Ахметов|volkov|9031112233/);

		expect(await choose((label, customer) => customer.includes('Белкина') && label.includes('Белова <Ольга> & Ко'))).toContain('Decisions kept: 1');
		await run();
		expect((await reviews()).map(({ state }) => state)).toEqual(['done', 'done', 'done']);
		expect(counterparties().find(({ id }) => id === other)).toMatchObject({ name: 'Белова <Ольга> & Ко', email: 'olga@example.com' });
		expect(counterparties()).toHaveLength(before + 2);

		place({ FIO: 'Анна Волкова', EMAIL: 'volkov@example.com' });
		installation.bitrix.clock.advance(2000);
		await run();
		expect(counterparties()).toHaveLength(before + 2);
		expect((await reviews()).map(({ state }) => state)).toEqual(['done', 'done', 'done']);
		expect((await (await FormVisitor.open(address, LOGIN)).submit({ 0: '10' })).page).toContain('Nobody waits');
	}, 300_000);

	it('a field that both sides changed is asked about each time, by policy; who somebody is never again', async () => {
		const olga = await add({ name: 'Белова Ольга', companyType: 'individual', phone: '8 903 111-22-33' });
		const before = counterparties().length;
		const workflow = installation.workflow('22');
		const node = workflow.nodes.find(({ name }) => name === 'To MoySklad');
		if (!node) throw new RangeError('Nothing writes');
		Object.assign(node.parameters, { conflictPolicy: 'review', mapping: { change: [{ target: { __rl: true, mode: 'name', value: 'name' }, value: 'field', field: 'name', policy: 'always' }] } });
		await installation.api.update(workflow);
		const order = async (FIO: string): Promise<void> => {
			place({ FIO, PHONE: '89031112233' });
			installation.bitrix.clock.advance(2000);
			await run();
		};
		const review = async (): Promise<unknown> => {
			const [row, ...others] = await reviews();
			expect(others).toEqual([]);
			const json = (text: unknown, otherwise: string): unknown => JSON.parse(String(text || otherwise));
			return { state: row?.state, who: (json(row?.candidates, '[]') as Array<{ id: string }>).map(({ id }) => id), changes: json(row?.changes, '[]'), decision: json(row?.decision, 'null') };
		};
		const decide = async (decision: Record<string, string>): Promise<void> => {
			const [row] = await reviews();
			const { id } = await installation.api.dataTables.named('msbx_reviews');
			await installation.api.dataTables.update(id, [{ columnName: 'key', condition: 'eq', value: String(row?.key) }], { state: 'decided', decision: JSON.stringify({ key: row?.key, ...decision }) });
			await run();
		};
		const taken = { key: expect.any(String) as string, take: olga };

		await order('Ольга Белкина');
		expect(await review()).toEqual({ state: 'open', who: [olga], changes: [], decision: null });
		await decide({ take: olga });
		const aboutName = { state: 'open', who: [], changes: [{ field: 'name', from: 'Белова Ольга', to: 'Ольга Белкина' }], decision: taken };
		expect(await review()).toEqual(aboutName);
		await order('Ольга Белкина');
		expect(await review()).toEqual(aboutName);
		await decide({ take: olga, fields: 'target' });
		expect(await review()).toEqual({ state: 'done', who: [], changes: [], decision: taken });
		expect(named('Белова Ольга')).toHaveLength(1);

		await control(installation.moySklad.parts, 'POST', 'edit', { user: 'admin', method: 'PUT', path: `entity/counterparty/${olga}`, body: { name: 'Белова О.' } });
		await order('Ольга Белая');
		expect(await review()).toEqual({ ...aboutName, changes: [{ field: 'name', from: 'Белова О.', to: 'Ольга Белая' }] });
		await decide({ take: olga, fields: 'source' });
		expect(await review()).toEqual({ state: 'done', who: [], changes: [], decision: taken });
		expect(named('Ольга Белая')).toMatchObject([{ id: olga }]);
		expect(counterparties()).toHaveLength(before);
	}, 300_000);

	it('while MoySklad is away nothing is confirmed, and a decision is not lost', async () => {
		await add({ name: 'Пётр Волков', companyType: 'individual', email: 'volkov@example.com' });
		place({ FIO: 'Анна Волкова', EMAIL: 'volkov@example.com' });
		installation.bitrix.clock.advance(2000);
		await run();
		const [row] = await reviews();
		const { id } = await installation.api.dataTables.named('msbx_reviews');
		await installation.api.dataTables.update(id, [{ columnName: 'key', condition: 'eq', value: String(row?.key) }], { state: 'decided', decision: JSON.stringify({ key: row?.key, take: 'create' }) });
		place({ FIO: 'Анна Рыбина', EMAIL: 'anna@example.com' });
		installation.bitrix.clock.advance(2000);
		const before = await flowState(installation.api, 'counterparties');
		installation.moySklad.faults.set([{ kind: 'html', share: 1, route: 'counterparty' }]);
		await expect(run()).rejects.toThrow('502');
		expect(await flowState(installation.api, 'counterparties')).toEqual(before);
		expect((await reviews()).map(({ state }) => state)).toEqual(['decided']);
		installation.moySklad.faults.set([]);
		installation.moySklad.clock.advance(60_000);
		await run();
		expect([...named('Анна Волкова'), ...named('Анна Рыбина')]).toHaveLength(2);
		expect((await reviews()).map(({ state }) => state)).toEqual(['done']);
		expect(await expectKnownRows(installation)).toEqual(expect.arrayContaining(['msbx_links', 'msbx_reviews']));
	}, 300_000);
});

/** The groups of radio buttons of a page: the number of the field, whom it is about, and its choices. */
function radiosIn(page: string): Array<{ place: number; customer: string; labels: string[] }> {
	const text = (html: string): string => html.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&').replaceAll('&#x3D;', '=').replaceAll('&#x27;', "'").trim();
	return [...page.matchAll(/<label class='form-label[^']*'>([^<]*)<\/label>\s*<div\s+class='multiselect[^>]*?id='field-(\d+)'/g)].map(([, customer = '', place = '']) => ({
		place: Number(place),
		customer: text(customer),
		labels: [...page.matchAll(new RegExp(`<label for='option\\d+_field-${place}'>([^<]*)</label>`, 'g'))].map(([, label = '']) => text(label)),
	}));
}
