import { groupBy } from '../model/grouping';
import { htmlText } from '../model/html';
import { entityName } from './webhookEntities';
import type { WebhookOwner, WebhookView } from './webhookView';
import type { Purpose } from './webhookProfiles';

const PURPOSE_NAMES: Record<Purpose, string> = {
	orders: 'Orders',
	payments: 'Payments',
	shipments: 'Shipments',
	catalog: 'Catalog',
	counterparties: 'Counterparties',
	stock: 'Stock',
	other: 'Other',
};

const OWNER_NAMES: Record<WebhookOwner, string> = {
	ours: 'This n8n',
	otherHost: 'MoySklad Trigger at another address',
	foreign: 'Other system',
};

/** What stands out: switched off in red, twice or off on purpose in amber, somebody else's in grey. */
const COLOURS = { disabled: '#fde2e2', stopped: '#fff3cd', duplicate: '#fff3cd', foreign: '#f0f0f0', active: '#e6f6e6' };
const HEADINGS = ['Object', 'Event', 'Changed Fields', 'Status', 'Owner', 'Address', 'ID'];

/** The webhooks as a page for people, grouped by purpose; complete HTML that needs no other file. */
export function webhookTable(views: readonly WebhookView[]): string {
	const groups = groupBy(views, ({ purpose }) => purpose);
	const bodies = [...groups].map(
		([purpose, rows]) =>
			`<tbody><tr><th colspan="${HEADINGS.length}" align="left">${PURPOSE_NAMES[purpose]}</th></tr>${rows.map(row).join('')}</tbody>`,
	);
	const head = `<thead><tr>${HEADINGS.map((heading) => `<th align="left">${heading}</th>`).join('')}</tr></thead>`;
	return `<table border="1" cellpadding="4" style="border-collapse:collapse;font-family:sans-serif;font-size:13px">${head}${bodies.join('')}</table>`;
}

function row(view: WebhookView): string {
	const cells = [
		view.entity === null
			? `Stock (${view.reportType === 'bystore' ? 'by store' : 'all stores'})`
			: entityName(view.entity),
		view.action ?? 'Changed',
		view.changedFields === null ? '' : view.changedFields ? 'Named' : 'Not named',
		[view.status, view.since && `since ${view.since}`, view.duplicate && 'duplicate'].filter(Boolean).join(', '),
		OWNER_NAMES[view.owner],
		view.url,
		view.id,
	];
	return `<tr style="background:${COLOURS[emphasis(view)]}">${cells.map((cell) => `<td>${htmlText(cell)}</td>`).join('')}</tr>`;
}

function emphasis({ status, duplicate, owner }: WebhookView): keyof typeof COLOURS {
	if (status === 'disabled') return 'disabled';
	if (status !== 'active') return 'stopped';
	if (duplicate) return 'duplicate';
	return owner === 'ours' ? 'active' : 'foreign';
}
