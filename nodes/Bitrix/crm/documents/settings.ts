import type { IExecuteFunctions } from 'n8n-workflow';
import type { Policy, StageRule } from '../../../../core';
import { limited } from '../../../shared/limited';
import { textIn, type Located } from '../../../shared/locator';
import { idIn, readCrmSettings, readGoodsChoice, reader, type CrmSettings, type GoodsChoice } from '../settings';

/** What the user chose for deals or invoices. */
export interface DocumentSettings extends CrmSettings {
	/** Of new deals. */
	pipeline: number;
	stages: StageRule[];
	title: string;
	/** Per cent; undefined = left to the portal. */
	probability: number | undefined;
	/** Code of a source in the CRM; empty = left to the portal. */
	source: string;
	rows: Policy;
	goods: GoodsChoice;
	missingCustomer: 'leave' | 'create' | 'stop';
	/** Empty = no comments in the timeline. */
	comment: string;
	/** By which orders name the portal that they came from; empty = its host. */
	siteKey: string;
}

/** What n8n hands over for a row of the stage map. */
interface StageRow {
	when: StageRule['when'];
	state?: Located;
	stage?: Located;
	reopen?: boolean;
}

interface Options {
	commentText?: string;
	comments?: boolean;
	probability?: number;
	siteKey?: string;
	source?: Located | string;
}

export const DEFAULT_COMMENT = 'Заказ {name} {state}\nОплачено {payedSum} из {sum}, отгружено {shippedSum}';

export function readDocumentSettings(context: IExecuteFunctions, flow: string): DocumentSettings {
	const read = reader(context);
	const options = read<Options>('options', {});
	const { row = [] } = read<{ row?: StageRow[] }>('stageMap', {});
	const probability = options.probability === undefined ? undefined : Math.round(limited(options.probability, 0, 0, 100));
	return {
		...readCrmSettings(context, flow),
		pipeline: idIn(read<Located | string>('pipeline', '')) ?? 0,
		stages: row.flatMap(toStageRule),
		title: read('title', ''),
		probability,
		source: textIn(options.source),
		siteKey: options.siteKey?.trim() ?? '',
		rows: read<Policy>('rows', 'always'),
		goods: readGoodsChoice(context),
		missingCustomer: read('missingCustomer', 'leave'),
		comment: (options.comments ?? true) ? (options.commentText?.trim() || DEFAULT_COMMENT) : '',
	};
}

/** Rows without a stage, or without a state where one is needed, say nothing. */
function toStageRule({ when, state, stage, reopen = false }: StageRow): StageRule[] {
	const [from, to] = [textIn(state), textIn(stage)];
	return to === '' || (when === 'state' && from === '') ? [] : [{ when, state: from, stage: to, reopen }];
}
