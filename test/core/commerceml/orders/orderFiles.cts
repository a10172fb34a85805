import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Findings, readOrderDocuments, type Finding, type OrderReading, type OrderRecord, type ReadOrder } from '../../../../core';

export const SETTINGS: OrderReading = { source: { siteKey: 'shop', host: 'shop.example.com', flow: 'orders' }, zone: 'Europe/Moscow', currencies: {} };

export interface ReadFile {
	records: OrderRecord[];
	orders: ReadOrder[];
	findings: Finding[];
}

export async function readFile(chunks: Iterable<Uint8Array>, settings = SETTINGS): Promise<ReadFile> {
	const findings = new Findings();
	const records: OrderRecord[] = [];
	for await (const record of readOrderDocuments(chunks, settings, findings)) records.push(record);
	return { records, orders: records.flatMap((record) => (record.kind === 'order' ? [record] : [])), findings: findings.list };
}

export const readText = async (xml: string, settings?: OrderReading): Promise<ReadFile> => await readFile([new TextEncoder().encode(xml)], settings);

/** A file of the examples, as a site would send it. */
export const example = (name: string): Uint8Array => readFileSync(path.join(__dirname, '../examples', name));
