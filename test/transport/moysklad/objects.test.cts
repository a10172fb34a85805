import { AccountGuard, MoySkladClient, WindowLimiter, writeObjects } from '../../../transport';
import { VirtualClock } from '../../support/virtualClock.cts';
import { scripted, socketError, type Step } from '../scriptedSend';

const BASE = 'https://api.moysklad.ru/api/remap/1.2';
const ID = '7944ef04-f831-11e5-7a69-971500188b19';
const SYNC_ID = '8044ef04-f831-11e5-7a69-971500188b19';

function setUp(...steps: Step[]) {
	const clock = new VirtualClock();
	const { send, requests } = scripted(...steps);
	const limiter = new WindowLimiter({ units: 4500, windowMilliseconds: 3000, weight: 4, parallel: 1, processes: 1 }, clock);
	const sent = () => requests.map(({ method, url, body }) => [`${method} ${decodeURIComponent(url.replace(BASE, ''))}`, body === undefined ? undefined : (JSON.parse(String(body)) as unknown)]);
	return { client: new MoySkladClient({ send, clock, limiter, guard: new AccountGuard(clock) }), sent, clock };
}

const rules = { entity: 'product', creates: true, preview: false };
const found = (...rows: object[]): Step => ({ body: { rows, meta: { size: rows.length } } });
const reference = { meta: { href: `${BASE}/entity/product/${ID}`, type: 'product', mediaType: 'application/json' } };

describe('writeObjects', () => {
	it('I5: updates the old object by its id when somebody used the syncId in the meantime', async () => {
		const { client, sent, clock } = setUp(found(), { body: [{ id: ID, syncId: SYNC_ID, name: 'Old', article: 'A' }] }, { body: [{ id: ID, syncId: SYNC_ID, name: 'New', article: 'A' }] });
		const [outcome] = await clock.until(writeObjects(client, rules, [{ body: { syncId: SYNC_ID, name: 'New', article: 'A' }, matchOn: 'syncId' }]));
		expect(outcome).toMatchObject({ result: { status: 'created', key: SYNC_ID, moySkladId: ID }, object: { name: 'New' } });
		expect(sent()[2]).toEqual(['POST /entity/product', [{ ...reference, name: 'New' }]]);
	});

	it('does not repeat what MoySklad may have made, and finds it instead', async () => {
		const { client, sent, clock } = setUp(found(), socketError('ECONNRESET'), found({ id: ID, externalCode: 'a', name: 'Lamp' }));
		const [outcome] = await clock.until(writeObjects(client, rules, [{ body: { externalCode: 'a', name: 'Lamp' }, matchOn: 'externalCode' }]));
		expect(outcome?.result).toMatchObject({ status: 'created', moySkladId: ID });
		expect(sent().map(([call]) => String(call).split(' ')[0])).toEqual(['GET', 'POST', 'GET']);
	});

	it('I3: a lost creation of which two are found afterwards stays unverified', async () => {
		const { client, clock } = setUp(found(), socketError('ECONNRESET'), found({ id: ID, externalCode: 'a' }, { id: SYNC_ID, externalCode: 'a' }));
		const [outcome] = await clock.until(writeObjects(client, rules, [{ body: { externalCode: 'a' }, matchOn: 'externalCode' }]));
		expect(outcome?.result).toMatchObject({ status: 'failed', error: { code: 'MOYSKLAD_UNVERIFIED' } });
	});

	it('takes keys exactly, whatever the filter thinks of case', async () => {
		const { client, clock } = setUp(found({ id: ID, externalCode: 'ABC' }), { body: [{ id: SYNC_ID, externalCode: 'abc' }] });
		const [outcome] = await clock.until(writeObjects(client, rules, [{ body: { externalCode: 'abc' }, matchOn: 'externalCode' }]));
		expect(outcome?.result).toMatchObject({ status: 'created', moySkladId: SYNC_ID });
	});

	it('looks for what is archived as well', async () => {
		const { client, sent, clock } = setUp(found({ id: ID, externalCode: 'a' }));
		await clock.until(writeObjects(client, rules, [{ body: { externalCode: 'a' }, matchOn: 'externalCode' }]));
		expect(sent()).toEqual([['GET /entity/product?filter=externalCode=a;archived=true;archived=false&limit=1000', undefined]]);
	});

	it('fails a bundle whose old component cannot be taken out', async () => {
		const row = (id: string, product: string) => ({ id, quantity: 1, assortment: { meta: { href: `${BASE}/entity/product/${product}`, type: 'product' } } });
		const bundle = { id: ID, externalCode: 'a', components: { meta: { size: 2 }, rows: [row('c1', ID), row('c2', SYNC_ID)] } };
		const wanted = { body: { externalCode: 'a', components: [{ quantity: 2, assortment: row('', ID).assortment }] }, matchOn: 'externalCode' };
		const refusal: Step = { status: 403, body: { errors: [{ code: 1017, error: 'No' }] } };
		const { client, sent, clock } = setUp(found(bundle), { body: [{ id: ID }] }, refusal);
		const [outcome] = await clock.until(writeObjects(client, { ...rules, entity: 'bundle' }, [wanted]));
		expect(outcome?.result).toMatchObject({ status: 'failed', error: { code: 'MOYSKLAD_NO_RIGHT' } });
		expect(sent().at(-1)?.[0]).toBe(`DELETE /entity/bundle/${ID}/components/c2`);
	});
});
