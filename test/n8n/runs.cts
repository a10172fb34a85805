import type {
	ExecutionError,
	ExecutionStatus,
	IDataObject,
	INodeExecutionData,
	IRun,
	ITaskData,
	NodeExecutionHint,
} from 'n8n-workflow';

/** One run of one node. */
export class NodeRun {
	/** The items of each output; an output without items is an empty list. */
	readonly outputs: INodeExecutionData[][];
	readonly hints: NodeExecutionHint[];

	constructor(
		task: ITaskData | undefined,
		readonly error: ExecutionError | undefined,
		readonly status: ExecutionStatus,
	) {
		this.outputs = (task?.data?.main ?? []).map((items) => items ?? []);
		this.hints = task?.hints ?? [];
	}

	/** The items of one output without their wrapping. */
	json(output = 0): IDataObject[] {
		return (this.outputs[output] ?? []).map((item) => item.json);
	}
}

/** An execution of a workflow that has ended. */
export class WorkflowRun {
	readonly status: ExecutionStatus;
	/** The error that ended the execution. */
	readonly error?: ExecutionError;

	/**
	 * @param run as n8n gives it
	 * @param called the runs of the workflows that this one called itself, in the order of their ends
	 * @param staticData after the run
	 */
	constructor(
		readonly run: IRun,
		readonly called: WorkflowRun[],
		readonly staticData: IDataObject,
	) {
		this.status = run.status;
		this.error = run.data.resultData.error;
	}

	/** The names of the nodes that ran. */
	get executed(): string[] {
		return Object.keys(this.run.data.resultData.runData);
	}

	/** All runs of a node: more than one in a loop, none when it was not reached. */
	runsOf(name: string): NodeRun[] {
		return this.tasksOf(name).map((task) => new NodeRun(task, task.error, task.executionStatus ?? this.status));
	}

	/**
	 * The last run of a node.
	 * @throws Error when it did not run
	 */
	node(name: string): NodeRun {
		const last = this.runsOf(name).at(-1);
		if (!last)
			throw new Error(
				`"${name}" did not run. Ran: ${this.executed.join(', ') || 'nothing'}${this.error ? `; ${this.error.message}` : ''}`,
			);
		return last;
	}

	/** The last run of a workflow's only node, with the status and the error of the workflow. */
	only(name: string): NodeRun {
		const task = this.tasksOf(name).at(-1);
		return new NodeRun(task, task?.error ?? this.error, this.status);
	}

	private tasksOf(name: string): ITaskData[] {
		return this.run.data.resultData.runData[name] ?? [];
	}
}
