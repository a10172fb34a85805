import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { DuplicateOptions, MatchRule } from '../../../core';
import { limited } from '../limited';
import { matchRulesProperty, nameSimilarityOption } from '../matchRules';
import { optionsProperty } from '../properties';

const SCORE: INodeProperties = {
	displayName: 'Lowest Score (%)',
	name: 'score',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 100 },
	default: 70,
	description: 'How likely two must be the same. Equal names alone come to 60, so that 60 or less reports namesakes too; the same phone and name come to 88, the same INN to 93.',
};

const MOST: INodeProperties = {
	displayName: 'Most With One Key',
	name: 'most',
	type: 'number',
	typeOptions: { minValue: 2 },
	default: 20,
	description: 'A phone, e-mail or name that more have is that of a call centre or of namesakes: it is told, and nobody is compared by it',
};

/** By what duplicates are looked for; `more`: options of one of the sides. */
export const duplicateProperties = (more: readonly INodeProperties[] = []): INodeProperties[] => [
	matchRulesProperty({
		displayName: 'Compare By',
		rules: ['email', 'innKpp', 'name', 'phone'],
		usual: ['innKpp', 'email', 'phone', 'name'],
		description: 'What two may have in common to be compared with each other; the score then counts everything that is known of them. Those with another INN or KPP are never duplicates.',
	}),
	optionsProperty([...more, SCORE, MOST, nameSimilarityOption]),
];

export function duplicateOptions(context: IExecuteFunctions): DuplicateOptions {
	const number = (name: string, otherwise: number, least: number, most: number): number => limited(context.getNodeParameter(`options.${name}`, 0, otherwise), otherwise, least, most);
	return {
		rules: (context.getNodeParameter('matchRules.rule', 0, []) as Array<{ by: MatchRule }>).map(({ by }) => by),
		threshold: number('nameSimilarity', 80, 50, 100) / 100,
		score: number('score', 70, 1, 100),
		most: number('most', 20, 2, Infinity),
	};
}
