import { EXCHANGE_STORE, keysOf } from '../demo/exchangeJob.cts';
import { Installation } from '../demo/installation.cts';
import type { ExchangeOptions } from '../simulators/bitrix/exchange/settings.cts';
import { control } from '../simulators/moysklad/control.cts';

export const FLOW = 'catalog by exchange';

/** A store that has only the 1C exchange, with template 03b published: nobody can call a workflow that is not as the keeper of its lock. */
export async function startCatalogByExchange(products: number, settings: Record<string, number | boolean>, exchange: ExchangeOptions = {}): Promise<Installation> {
	const installation = await Installation.start({
		moySklad: { size: { products, pictures: 0 } },
		bitrix: { ...EXCHANGE_STORE, exchange: { ...EXCHANGE_STORE.exchange, ...exchange } },
		settings: { '03b': settings },
	});
	await installation.publish('03b');
	return installation;
}

/** Fails unless everything that MoySklad sells is in the store once. */
export function expectComplete(installation: Installation): void {
	const { moySklad, exchangeStore } = installation;
	const archived = new Set(['product', 'variant', 'bundle', 'service'].flatMap((type) => moySklad.account.table(type).all()).filter((one) => one.archived === true).map(({ id }) => String(id)));
	const keys = exchangeStore.portal.store.elements.all().map(({ xmlId }) => xmlId);
	expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
	expect([...keysOf(installation)].filter(([id, key]) => !archived.has(id) && !keys.includes(key))).toEqual([]);
}

/** Changes something in MoySklad as a person does. */
export async function edit({ moySklad }: Installation, method: string, path: string, body?: object): Promise<Record<string, unknown>> {
	const answer = (await control(moySklad.parts, 'POST', 'edit', { user: 'admin', method, path, body })) as { status: number; body: Record<string, unknown> };
	if (answer.status >= 400) throw new Error(`MoySklad refused ${method} ${path}: ${JSON.stringify(answer.body)}`);
	return answer.body;
}
