import type { OrderRow } from '../../sale/rows.cts';
import type { ExchangeSite } from '../site.cts';
import { commercialInformation, element } from '../xml/writer.cts';
import { day, formatOf, time, type ExportFormat } from './format.cts';
import { orderDocument } from './orderDocument.cts';
import { partDocuments } from './partDocuments.cts';
import type { SaleProgress } from './progress.cts';

/**
 * The orders that changed since the last confirmation, oldest change first. With a version they come page by page;
 * without one all at once.
 */
export function exportOrders(site: ExchangeSite, progress: SaleProgress): { xml: string; next: SaleProgress } {
	const { portal, settings, exportMark } = site;
	const format = formatOf(progress);
	const isPaged = progress.version !== '' || progress.cmlVersion > 0;
	const due = dueOrders(site).filter((order) => !isPaged || isBehind(order, progress.lastOutput));
	const page = isPaged ? due.slice(0, settings.orderRows) : due;
	for (const order of page) exportMark.givenOut(order);
	const last = page.at(-1);
	const lastOutput = last ? { dateUpdate: last.dateUpdate, id: last.id } : progress.lastOutput;
	const now = portal.now();
	exportMark.reach(lastOutput?.dateUpdate ?? now);
	const documents = page.map((order) => documentsOf(site, order, format)).join('');
	const made = `${day(now)}T${time(now)}`;
	return {
		xml: commercialInformation({ version: format.schema, made }, documents),
		next: { ...progress, lastOutput },
	};
}

const isBehind = ({ dateUpdate, id }: OrderRow, last: SaleProgress['lastOutput']): boolean =>
	!last || dateUpdate > last.dateUpdate || (dateUpdate === last.dateUpdate && id > last.id);

function dueOrders(site: ExchangeSite): OrderRow[] {
	const { portal, exportMark } = site;
	return portal.store.orders
		.all()
		.filter((order) => isExported(site, order) && exportMark.isDue(order))
		.sort((one, other) => one.dateUpdate - other.dateUpdate || one.id - other.id);
}

/** Orders that came from 1C, or that it changed last, stay here; so do those that the site's settings leave out. */
function isExported({ portal, settings }: ExchangeSite, order: OrderRow): boolean {
	const { exportPaidOnly, exportAllowedOnly, exportFromStatus, exportSites } = settings;
	const sortOf = (id: string): number => portal.store.statuses.get(id)?.sort ?? 0;
	return (
		order.updated1c === 'N' &&
		order.externalOrder !== 'Y' &&
		(!exportPaidOnly || order.payed === 'Y') &&
		(!exportAllowedOnly ||
			portal.store.shipments.where('orderId', order.id).some(({ allowDelivery }) => allowDelivery === 'Y')) &&
		(exportFromStatus === '' || sortOf(order.statusId) >= sortOf(exportFromStatus)) &&
		(exportSites.length === 0 || exportSites.includes(order.lid))
	);
}

function documentsOf(site: ExchangeSite, order: OrderRow, format: ExportFormat): string {
	switch (format.parts) {
		case 'none':
			return orderDocument(site, order, format);
		case 'beside':
			return orderDocument(site, order, format) + partDocuments(site, order, format, 'Документ');
		case 'container':
			return element('Контейнер', orderDocument(site, order, format), partDocuments(site, order, format, 'Документ'));
		case 'below': {
			const parts = partDocuments(site, order, format, 'ПодчиненныйДокумент');
			return orderDocument(site, order, format, parts === '' ? undefined : element('ПодчиненныеДокументы', parts));
		}
	}
}
