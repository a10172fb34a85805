import { SyncError } from '../../errors';
import { fromJson } from '../json';
import { linkSchema, type Link } from '../link';

/** What a record in the CRM is called in links. */
export type CrmType = 'deal' | 'contact' | 'company' | 'invoice';

/** Under which name a link remembers the stage: as it is, since it is no personal datum and has to be compared with others. */
export const STAGE = 'stage';

/** Under which name a link remembers the rows of goods. */
export const ROWS = 'rows';

/** What makes a link: which object on either side, and what was written of it. */
export interface LinkFacts {
	flow: string;
	type: CrmType;
	moySkladId: string;
	externalCode: string | null;
	bitrixId: number;
	/** Marks by field. */
	written: Record<string, string>;
}

/** What is remembered of a record: its key is the id in MoySklad, by which it is found as ORIGIN_ID. Values are marks only. */
export const crmLink = ({ flow, type, moySkladId, externalCode, bitrixId, written }: LinkFacts): Link => ({
	flow, type, key: moySkladId, moySkladId, externalCode, bitrixId: String(bitrixId), parent: null, written, pictures: {}, snapshot: null,
});

/**
 * The link that came with an item; undefined when there is none. It may have been kept as text.
 * Throws CRM_LINK_INVALID when it is another object's or flow's, or cannot be read.
 */
export function readCrmLink(value: unknown, owner: { key: string; flow: string; types: readonly CrmType[] }): Link | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const parsed = linkSchema.safeParse(typeof value === 'string' ? fromJson(value) : value);
	if (!parsed.success) throw invalid(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)[0] ?? 'unknown form');
	const { key, flow, type } = parsed.data;
	if (key !== owner.key) throw invalid('its key is that of another object');
	if (flow !== owner.flow) throw invalid(`it belongs to the flow “${flow}”`);
	if (!owner.types.some((one) => one === type)) throw invalid(`it is one of a ${type}`);
	return { ...parsed.data, snapshot: null };
}

const invalid = (reason: string): SyncError => new SyncError('CRM_LINK_INVALID', { reason });
