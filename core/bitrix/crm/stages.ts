import { textOf } from '../property';

/** A pipeline of deals. */
export interface Pipeline {
	/** 0 is the one that every portal has. */
	id: number;
	name: string;
}

/** What a stage means: under way, won or lost. */
export type StageMeaning = 'process' | 'won' | 'lost';

/** A stage of a pipeline of deals, or of the invoices (`crm.status.list`). */
export interface Stage {
	/** `NEW`, `C1:NEW`, of invoices `DT31_1:N`. */
	id: string;
	name: string;
	pipeline: number;
	meaning: StageMeaning;
}

type Row = Record<string, unknown>;

/** A row of `crm.category.list`, or of `crm.dealcategory.list` on older portals. */
export const readPipeline = (row: Row): Pipeline => ({ id: Number(row.id ?? row.ID ?? 0), name: textOf(row.name) ?? textOf(row.NAME) ?? '' });

/** Under which `ENTITY_ID` the stages of a pipeline are listed. */
export const stagesEntity = (pipeline: number): string => (pipeline === 0 ? 'DEAL_STAGE' : `DEAL_STAGE_${pipeline}`);

/** A row of `crm.status.list`. What it means stands in `SEMANTICS` or, in other versions, in `EXTRA`: S is won, F is lost. */
export function readStage(row: Row, pipeline: number): Stage {
	const { SEMANTICS: extra } = (typeof row.EXTRA === 'object' && row.EXTRA !== null ? row.EXTRA : {}) as Row;
	const id = textOf(row.STATUS_ID) ?? '';
	return { id, name: textOf(row.NAME) ?? id, pipeline, meaning: meaningOf(textOf(row.SEMANTICS) ?? textOf(extra)) };
}

/** `EXTRA` has words, `SEMANTICS` letters. */
function meaningOf(word: string | null): StageMeaning {
	if (word === 'S' || word === 'success') return 'won';
	return word === 'F' || word === 'failure' || word === 'apology' ? 'lost' : 'process';
}

/** Whether a deal in this stage is won or lost. */
export const isFinal = ({ meaning }: Stage): boolean => meaning !== 'process';
