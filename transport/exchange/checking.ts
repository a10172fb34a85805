import { checkExchangeFileName, DocumentCheck, SyncError } from '../../core';
import type { TransferPackage } from './transfer';
import type { ExchangeFile } from './upload';

/**
 * Looks at a package before anything is said to the site, which imports what it gets: the importer of sites does not look
 * whether a file is whole, and a file that is cut deletes what it lacks. Throws EXCHANGE_FILE_NAME, EXCHANGE_FILE_EMPTY,
 * COMMERCEML_UNVERIFIED, and what the XML scanner throws.
 */
export async function checkPackage({ files, documents }: TransferPackage): Promise<void> {
	const byName = new Map(files.map((file) => [file.name, file]));
	for (const { name } of files) checkExchangeFileName(name);
	for (const name of documents) {
		const file = byName.get(name);
		if (!file) throw new SyncError('EXCHANGE_FILE_EMPTY', { file: name });
		await checkDocument(file);
	}
}

async function checkDocument({ name, bytes, deletesOthers, open }: ExchangeFile): Promise<void> {
	const check = new DocumentCheck(deletesOthers ? 'false' : 'true');
	for await (const chunk of open()) check.push(chunk);
	if (check.bytes === 0) throw new SyncError('EXCHANGE_FILE_EMPTY', { file: name });
	check.end();
	if (bytes !== undefined && check.bytes !== bytes) throw new SyncError('COMMERCEML_UNVERIFIED', { reason: `it has ${check.bytes} bytes instead of ${bytes}` });
}
