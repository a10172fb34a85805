import type { INodeParameters } from 'n8n-workflow';
import { EventBench, eventRow } from '../../nodes/Bitrix/eventBench.cts';
import type { OutputSchema } from '../schemaOf.cts';
import { outputFile, outputSchema, type OutputSchemas } from './outputFile.cts';

const DEALS: INodeParameters = { events: { row: [eventRow('deal', ['CREATE', 'UPDATE'])] } };

/** Of Bitrix Offline Events. */
export async function ofOfflineEvents(): Promise<OutputSchemas> {
	const bench = await EventBench.start();
	try {
		const schema = async (operation: string): Promise<OutputSchema> => {
			const run = await bench.offline(operation, DEALS);
			if (run.error) throw run.error;
			return outputSchema(run.json());
		};
		// The first run only subscribes.
		await bench.offline('getEvents', DEALS);
		bench.change('deal', 'update', 7);
		return { [outputFile('Bitrix', 'getEvents')]: await schema('getEvents'), [outputFile('Bitrix', 'stopEvents')]: await schema('stopEvents') };
	} finally {
		await bench.close();
	}
}
