import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { NodeRun } from '../../n8n/runs.cts';
import { aPayment, later, Money } from '../../nodes/orders/money.cts';
import { meta, Updating } from '../../nodes/orders/updating.cts';
import { ofKinds, type ReadEntity } from './entities.cts';
import { outputFile, outputSchema, type OutputSchemas } from './outputFile.cts';

const rowsOf = (run: NodeRun): IDataObject[] => {
	if (run.error) throw run.error;
	return run.json(0);
};

/** Of orders on their way to MoySklad and back, and of the documents that they become there. */
export async function ofOrders(): Promise<OutputSchemas> {
	const bench = await Updating.open();
	const { shop } = bench;
	try {
		const ids = shop.placeOrders(8, 46);
		const { orders, page } = await shop.store.page({ startDate: '2020-01-01T00:00:00Z', flow: 'orders' });
		const whole = await shop.orders(ids);
		const made = await shop.write(whole);
		const again = await shop.write(whole);
		const confirmed = await shop.store.run('confirm', { page: page as unknown as INodeParameters }, made as unknown as IDataObject[]);
		if (confirmed.error) throw confirmed.error;
		const found: OutputSchemas = {
			[outputFile('Bitrix', 'exportChanged')]: outputSchema(orders),
			[outputFile('Bitrix', 'get')]: outputSchema(whole),
			[outputFile('MoySklad', 'customerOrder', 'createOrUpdateFromBitrixOrder')]: outputSchema([...made, ...again]),
		};
		return { ...found, ...(await ofMoney(bench)), ...(await ofWayBack(bench, ids)), ...(await ofKinds(reader(bench), (resource) => DOCUMENTS.includes(resource))) };
	} finally {
		await bench.close();
	}
}

const DOCUMENTS = ['customerOrder', 'shipment', 'incomingPayment', 'cashIn', 'invoice'];

/** MoySklad Entity on the account of the bench. */
const reader = ({ shop }: Updating): ReadEntity => async (parameters, items = [{}]) =>
	rowsOf(await shop.store.engine.runNode({
		type: 'moySkladEntity',
		parameters,
		credentials: { moySkladApi: { authentication: 'token', token: shop.moySklad.users.integration.token, baseUrl: shop.moySklad.baseUrl } },
		items: items as IDataObject[],
	}));

/** Money that came in at the store, and an invoice. */
async function ofMoney(bench: Updating): Promise<OutputSchemas> {
	const { shop } = bench;
	const money = new Money(shop);
	const [order, settledOrder] = await shop.orders([shop.store.place(), shop.store.place()]);
	if (!order || !settledOrder) throw new RangeError('There are no orders');
	await shop.write([order, settledOrder]);
	const paid = later(order, { paid: true, payments: [aPayment('71', '150.5'), aPayment('72', '249.49', { cash: true, name: 'Наличными' })] });
	const documents = [await money.book(paid), await money.book(paid)];
	const settled = await reader(bench)(
		{ resource: 'customerOrder', operation: 'settleDeletedBitrixOrder', siteKey: 'shop', withdrawal: 'bin', preview: false, deletedAt: '2020-01-01T00:00:00Z' },
		[{ id: settledOrder.id, link: shop.linkOf(settledOrder.id), documentsLink: null }],
	);
	const invoiced = await reader(bench)({ resource: 'invoice', operation: 'createFromCustomerOrder' }, [{ id: shop.customerOrder(order.id).id }]);
	return {
		[outputFile('MoySklad', 'customerOrder', 'createOrUpdateDocumentsFromBitrixOrder')]: outputSchema(documents),
		[outputFile('MoySklad', 'customerOrder', 'settleDeletedBitrixOrder')]: outputSchema(settled),
		[outputFile('MoySklad', 'invoice', 'createFromCustomerOrder')]: outputSchema(invoiced),
	};
}

/** What became of the orders in MoySklad. */
async function ofWayBack(bench: Updating, ids: readonly string[]): Promise<OutputSchemas> {
	const [one = '', other = ''] = ids;
	await bench.pay(one, 5000);
	await bench.ship(other);
	const settings: INodeParameters = { payments: 'full', shipments: 'full', deduct: true, paySystem: '1', options: { conflicts: 'sourceWins' } };
	const compared = rowsOf(await bench.run(await bench.customerOrders([one, other]), { operation: 'compare', ...settings }));
	const updated = [...(await bench.update([one, other], settings)), ...(await bench.update([one, other], settings))];
	const extra = rowsOf(await bench.run([{ cursor: null }], { operation: 'getExtra', pageSize: 50 }));
	const created = await bench.results([await bornInMoySklad(bench)], { operation: 'create', site: 's1', buyerId: '1' });
	return { [outputFile('Bitrix', 'getExtra')]: outputSchema(extra), [outputFile('Bitrix', 'create')]: outputSchema(created), [outputFile('Bitrix', 'compare')]: outputSchema(compared), [outputFile('Bitrix', 'update')]: outputSchema(updated) };
}

/** A customer order that the store knows nothing of. */
async function bornInMoySklad({ shop }: Updating): Promise<IDataObject> {
	const refer = (type: string, id: unknown) => ({ meta: meta(type, `entity/${type}/${String(id)}`) });
	const product = shop.rows('product').find(({ archived, variantsCount }) => archived !== true && !variantsCount);
	const order = await shop.edit('POST', 'entity/customerorder', {
		organization: refer('organization', shop.idOf('organization')),
		store: refer('store', shop.idOf('store')),
		agent: refer('counterparty', shop.idOf('counterparty')),
		positions: [{ assortment: refer('product', product?.id), quantity: 2, price: 10_000, vat: 20, vatEnabled: true }],
	});
	return (await shop.edit('GET', `entity/customerorder/${String(order.id)}`)) as IDataObject;
}
