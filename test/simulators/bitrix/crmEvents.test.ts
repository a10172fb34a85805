import { asApplication } from './applicationClient';
import { connect, control, must, type Json, type Rest } from './restClient';
import { startBitrix, type RunningBitrix } from './start.cts';

let bitrix: RunningBitrix;
let rest: Rest;
/** Has the queue of the channel `exchange`. */
let application: Rest;

const EVENTS = ['DEALADD', 'DEALUPDATE', 'DEALDELETE', 'CONTACTADD', 'COMPANYDELETE', 'REQUISITEDELETE', 'DYNAMICITEMADD'];

beforeEach(async () => {
	bitrix = await startBitrix({ edition: 'box' });
	rest = connect(bitrix);
	application = await asApplication(bitrix, 'exchange');
	for (const event of EVENTS) await must(application('event.bind', { event: `ONCRM${event}`, event_type: 'offline' }));
});
afterEach(async () => await bitrix.close());

/** What waits in the queue, as `ONCRMDEALADD 5001`; then it is empty. */
async function queued(): Promise<string[]> {
	const { events } = await must(application('event.offline.get'));
	return (events as unknown as Json[]).map(
		({ EVENT_NAME, EVENT_DATA }) => `${String(EVENT_NAME)} ${String(EVENT_DATA?.FIELDS?.ID)}`,
	);
}

it('what others write comes into the queue, in whatever form', async () => {
	const deal = String(await must(rest('crm.deal.add', { fields: { TITLE: 'x' } })));
	await must(rest('crm.deal.productrows.set', { id: deal, rows: [{ PRODUCT_NAME: 'x', PRICE: 1 }] }));
	const contact = String(await must(rest('crm.contact.add', { fields: { NAME: 'А' } })));
	const { item } = await must(rest('crm.item.add', { entityTypeId: 31, fields: { title: 'Счёт', parentId2: deal } }));
	expect(await queued()).toEqual([
		`ONCRMDEALADD ${deal}`,
		`ONCRMDEALUPDATE ${deal}`,
		`ONCRMCONTACTADD ${contact}`,
		`ONCRMDYNAMICITEMADD ${String(item?.id)}`,
	]);
	await must(rest('crm.item.update', { entityTypeId: 2, id: deal, fields: { title: 'x' } }));
	expect(await queued()).toEqual([]);
});

it('what the channel itself writes does not come back', async () => {
	const deal = String(await must(application('crm.deal.add', { fields: {} })));
	expect(await queued()).toEqual([]);
	await must(rest('crm.deal.update', { id: deal, fields: { COMMENTS: 'x' } }));
	expect(await queued()).toEqual([`ONCRMDEALUPDATE ${deal}`]);
});

it('a company that goes takes its requisites along, and both are told of', async () => {
	const company = await must(rest('crm.company.add', { fields: { TITLE: 'x' } }));
	const fields = { ENTITY_TYPE_ID: 4, ENTITY_ID: company, PRESET_ID: 1, NAME: 'x' };
	const requisite = await must(rest('crm.requisite.add', { fields }));
	await must(rest('crm.company.delete', { id: company }));
	expect(await queued()).toEqual([`ONCRMREQUISITEDELETE ${String(requisite)}`, `ONCRMCOMPANYDELETE ${String(company)}`]);
});

it('what a person does is told of as well', async () => {
	const { id } = await control(bitrix, 'POST deal', { title: 'С улицы' });
	await control(bitrix, 'POST deal', { id, stageId: 'WON', rows: [{ name: 'Стол', price: 5 }] });
	await control(bitrix, 'POST deal', { id, delete: true });
	expect(await queued()).toEqual([
		`ONCRMDEALADD ${String(id)}`,
		`ONCRMDEALUPDATE ${String(id)}`,
		`ONCRMDEALDELETE ${String(id)}`,
	]);
});
