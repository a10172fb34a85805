import { Findings, readCommerceMl, type CmlRecord, type Finding, type SyncError, type WritingReport } from '../../../core';

export interface ReadFile {
	records: CmlRecord[];
	findings: Finding[];
}

export async function readAll(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<ReadFile> {
	const findings = new Findings();
	const records: CmlRecord[] = [];
	for await (const record of readCommerceMl(chunks, findings)) records.push(record);
	return { records, findings: findings.list };
}

export async function bytesOf(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
	const parts: Uint8Array[] = [];
	for await (const chunk of chunks) parts.push(chunk);
	const bytes = new Uint8Array(parts.reduce((total, { length }) => total + length, 0));
	let at = 0;
	for (const part of parts) {
		bytes.set(part, at);
		at += part.length;
	}
	return bytes;
}

export const textOf = async (chunks: AsyncIterable<Uint8Array>): Promise<string> => new TextDecoder().decode(await bytesOf(chunks));

export interface Log extends WritingReport {
	refused: Array<{ id: string; code: SyncError['code'] }>;
}

export function log(): Log {
	const refused: Log['refused'] = [];
	return { refused, findings: new Findings(), refuse: (id, { code }) => refused.push({ id, code }) };
}

/** The objects of one kind in what was read. */
export const ofKind = <Kind extends CmlRecord['kind']>(records: readonly CmlRecord[], kind: Kind): Array<Extract<CmlRecord, { kind: Kind }>> =>
	records.filter((record): record is Extract<CmlRecord, { kind: Kind }> => record.kind === kind);
