import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { CmlFile, WriteResult } from '../../../../core';
import { writeOutputs } from '../../../shared/writeOutputs';
import type { ExchangeRun } from './run';

/**
 * Results as items. In a preview, and where the user wants to keep them, the first item has the files that were written: what each
 * one holds in `files`, and the XML as binary data under the name of the file without its extension.
 */
export async function exchangeOutputs(run: ExchangeRun, results: readonly WriteResult[], files: readonly CmlFile[], pairs?: readonly number[]): Promise<INodeExecutionData[][]> {
	const { failAfterAll, keepFiles, preview } = run.settings;
	const outputs = writeOutputs(run.context, results, failAfterAll, pairs);
	const first = outputs.flat()[0];
	if (first && files.length > 0 && (keepFiles || preview)) await attach(run, first, files);
	return outputs;
}

async function attach({ context }: ExchangeRun, item: INodeExecutionData, files: readonly CmlFile[]): Promise<void> {
	const described = files.map(({ name, kind, items, bytes }): IDataObject => ({ name, kind, items, bytes }));
	item.json = { ...item.json, files: described };
	item.binary = {};
	for (const { name, open } of files) {
		const chunks: Uint8Array[] = [];
		for await (const chunk of open()) chunks.push(chunk);
		item.binary[name.replace(/\.xml$/, '')] = await context.helpers.prepareBinaryData(Buffer.concat(chunks), name, 'application/xml');
	}
}
