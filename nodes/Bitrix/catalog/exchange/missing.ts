import {
	cmlGood, cmlOffer, goodsDocument, guardShare, isOnSite, linkAfter, offersDocument, VARIANT_MARK, warning,
	type ExchangeLink, type Gone, type Link, type Scope, type WriteResult,
} from '../../../../core';
import type { MoySkladClient } from '../../../../transport';
import { toReport } from '../../../shared/errors';
import { reasonFor, wantedIds } from '../missing';
import { MoySkladGoods } from '../moySkladGoods';
import { deliver, parcel, type Delivered } from './delivery';
import { lacksLink } from './outgoing';
import type { ExchangeRun } from './run';

/** What the node gives for some of the links that it got. */
export interface MissingResult {
	input: number;
	result: WriteResult<Link>;
}

interface Candidate {
	input: number;
	link: ExchangeLink;
	gone: NonNullable<Gone>;
}

/**
 * Hides what was sent and is archived in MoySklad, gone or out of scope (rule C4). The items are links: the site does not tell what it
 * has, and what has none is not touched. Each candidate is read again by its id. Throws CATALOG_TOO_MANY_MISSING before anything is sent.
 */
export async function hideMissingByLinks(run: ExchangeRun, client: MoySkladClient): Promise<{ results: MissingResult[]; delivered: Delivered }> {
	const { settings } = run;
	const { links, results } = readLinks(run);
	const scope: Scope = { ...settings.scope, price: settings.pricedOnly ? '' : null };
	const goods = new MoySkladGoods(client, scope);
	run.tell(`${links.length} items of MoySklad were sent to the site`);
	const wanted = links.length > 0 ? await wantedIds(goods, scope) : new Set<string>();
	const candidates = await confirmed(goods, scope, links.filter(({ link }) => !wanted.has(link.moySkladId ?? '')));
	guardShare(candidates.length, links.length, settings.largestShare);
	const delivered = await send(run, candidates);
	results.push(...candidates.map((candidate) => ({ input: candidate.input, result: resultOf(run, candidate, delivered) })));
	return { results: results.sort((one, other) => one.input - other.input), delivered };
}

type Linked = Omit<Candidate, 'gone'>;

function readLinks(run: ExchangeRun): { links: Linked[]; results: MissingResult[] } {
	const links: Linked[] = [];
	const results: MissingResult[] = [];
	const blank = { key: '', moySkladId: null, bitrixId: null, changes: [], warnings: [] };
	run.context.getInputData().forEach((_, input) => {
		try {
			const link = run.link(input, {});
			if (isOnSite(link) && !link.snapshot.removed && isGood(link)) links.push({ input, link });
			else if (!link) results.push({ input, result: { ...blank, status: 'skipped', warnings: [lacksLink('looking whether it is missing')] } });
		} catch (error) {
			results.push({ input, result: { ...blank, status: 'failed', error: toReport(error) } });
		}
	});
	return { links, results };
}

const isGood = ({ type }: ExchangeLink): boolean => type !== 'productfolder';

async function confirmed(goods: MoySkladGoods, scope: Scope, links: readonly Linked[]): Promise<Candidate[]> {
	const idsOf = (kind: 'own' | 'variant'): string[] => links.filter(({ link }) => (link.type === 'variant') === (kind === 'variant')).map(({ link }) => link.moySkladId ?? '');
	const there = new Map([...(await goods.byIds('own', idsOf('own'))), ...(await goods.byIds('variant', idsOf('variant')))]);
	return links.flatMap(({ input, link }) => {
		const found = there.get(link.moySkladId ?? '');
		const gone = found ? reasonFor(found, scope) : warning('CATALOG_ARCHIVED');
		return gone ? [{ input, link, gone }] : [];
	});
}

async function send(run: ExchangeRun, candidates: readonly Candidate[]): Promise<Delivered> {
	const { ids, formed } = run.settings;
	const keys = candidates.map(({ link }) => link.key);
	const goods = keys.filter((key) => !key.includes(VARIANT_MARK)).map((id) => cmlGood({ id, removed: true }));
	const offers = keys.filter((key) => key.includes(VARIANT_MARK)).map((id) => cmlOffer({ id, removed: true }));
	return await deliver(run, [
		...(goods.length > 0 ? [parcel(goodsDocument({ ids, formed }), goods)] : []),
		...(offers.length > 0 ? [parcel(offersDocument({ ids, formed }), offers)] : []),
	]);
}

function resultOf({ settings }: ExchangeRun, { link, gone }: Candidate, { refused, remarks }: Delivered): WriteResult<Link> {
	const { key, moySkladId, flow, type, externalCode, parent } = link;
	const frame = { key, moySkladId, bitrixId: null, changes: [{ field: 'Visible', from: 'yes', to: 'no' }], warnings: [gone] };
	const fault = [...refused].find(([id]) => id.endsWith(` ${key}`))?.[1];
	if (fault) return { ...frame, status: 'failed', error: fault.report() };
	if (settings.preview) return { ...frame, status: 'planned' };
	const [remark] = remarks;
	if (remark) return { ...frame, status: 'unverified', warnings: [gone, warning('EXCHANGE_PORTION_FAILED', { file: remark.file, reason: remark.text })] };
	const after = linkAfter({ flow, type, key, moySkladId, externalCode, parent }, link, { snapshot: { place: settings.place, removed: true } });
	return { ...frame, status: 'unverified', link: after };
}
