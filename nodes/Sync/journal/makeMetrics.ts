import type { INodeProperties } from 'n8n-workflow';
import { joinLastRuns, journalMetrics, METRICS_TYPE } from '../../../core';
import { limitUse } from '../../../transport';
import type { BulkOperation } from '../../shared/operation';
import { periodProperties, queuesProperty, readLastRuns, readPeriod, readQueues, readTally } from './reading';

const lastRunsProperty: INodeProperties = {
	displayName: 'Last Runs',
	name: 'lastRuns',
	type: 'json',
	default: '{}',
	description: 'When flows ran last, as it is known elsewhere, e.g. { "orders": "2026-11-30T09:00:00Z" }: a flow without anything to do tells the journal nothing. The item gives back the later times under the same name.',
};

export const makeMetrics: BulkOperation = {
	value: 'makeMetrics',
	name: 'Make Metrics',
	action: 'Make metrics',
	description: 'One item with the numbers of a period for Prometheus, made of rows of the journal, and how far this process uses the limits now',
	properties: [...periodProperties, queuesProperty, lastRunsProperty],
	async all() {
		const period = readPeriod(this);
		const tally = readTally(this, period);
		const lastRuns = joinLastRuns(readLastRuns(this), tally);
		const text = journalMetrics(tally, period, { queues: readQueues(this), limits: limitUse(), lastRuns });
		return [[{ json: { text, contentType: METRICS_TYPE, lastRuns }, pairedItem: { item: 0 } }]];
	},
};
