import type { ExchangeDocument } from '../../exchange/document';
import type { Findings } from '../codec/findings';
import type { OrderReading } from './order';
import { readOrderDocuments, type OrderRecord } from './reader';

/** Mark of an order that could not be read. */
const UNREADABLE = 'unreadable';

const MOST_OF_DECLARATION = 200;
const [TAB, LINE_FEED, CARRIAGE_RETURN, SPACE] = [0x09, 0x0a, 0x0d, 0x20];

const isForbidden = (byte: number): boolean => byte < SPACE && byte !== TAB && byte !== LINE_FEED && byte !== CARRIAGE_RETURN;

/**
 * Reads the orders that a site gave. The bytes tell the encoding: declarations of custom sites are not all true. Control
 * characters that customers paste, which sites do not take out and no XML may have, become spaces, and are a finding.
 */
export function readOrderPage({ bytes, charset }: ExchangeDocument, settings: OrderReading, findings: Findings): AsyncGenerator<OrderRecord> {
	const content = bytes.subarray(endOfDeclaration(bytes));
	const isClean = content.every((byte) => !isForbidden(byte));
	if (!isClean) findings.add('COMMERCEML_CHARACTERS_OMITTED', 'Документ', null, { element: 'Документ' });
	return readOrderDocuments([isClean ? content : content.map((byte) => (isForbidden(byte) ? SPACE : byte))], settings, findings, { encoding: charset });
}

function endOfDeclaration(bytes: Uint8Array): number {
	const head = String.fromCharCode(...bytes.subarray(0, MOST_OF_DECLARATION));
	return /^(\xEF\xBB\xBF)?\s*<\?xml[^>]*\?>/.exec(head)?.[0].length ?? 0;
}

/** What tells whether an order of a page is stored as it is: by its id. */
export const orderMarkIn = (record: OrderRecord): readonly [id: string, mark: string] | undefined => {
	if (record.kind === 'order') return [record.id, record.copy.mark];
	return record.kind === 'unreadable' ? [record.id, UNREADABLE] : undefined;
};
