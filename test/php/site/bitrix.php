<?php

// As much of the framework of a site as the handler uses, with the documented behaviour.

namespace Bitrix\Main;

class Event
{
	private $parameters;

	public function __construct(array $parameters)
	{
		$this->parameters = $parameters;
	}

	/** @return mixed */
	public function getParameter(string $name)
	{
		return $this->parameters[$name] ?? null;
	}
}

class EventManager
{
	private static $instance;
	private $handlers = [];

	public static function getInstance(): self
	{
		return self::$instance = self::$instance ?? new self();
	}

	public function addEventHandler(string $module, string $event, callable $handler): void
	{
		$this->handlers["$module $event"][] = $handler;
	}

	/** Handlers of older events, which get their arguments one by one, arrays by reference. */
	public function addEventHandlerCompatible(string $module, string $event, callable $handler): void
	{
		$this->addEventHandler($module, $event, $handler);
	}

	public function send(string $module, string $event, array $parameters): void
	{
		foreach ($this->handlers["$module $event"] ?? [] as $handler) {
			$handler(new Event($parameters));
		}
	}

	/** @param mixed $argument */
	public function sendCompatible(string $module, string $event, $argument): void
	{
		foreach ($this->handlers["$module $event"] ?? [] as $handler) {
			$handler($argument);
		}
	}

	/** @return string[] */
	public function known(): array
	{
		return array_keys($this->handlers);
	}
}

/** Jobs run after the page was sent. Versions without them are shown by `$withJobs = false`. */
abstract class AnyApplication
{
	protected static $instance;
	protected $jobs = [];

	public static function getInstance(): self
	{
		return self::$instance = self::$instance ?? new static();
	}

	public function terminate(): void
	{
		while ($job = array_shift($this->jobs)) {
			$job();
		}
	}
}

if (getenv('WITHOUT_JOBS')) {
	class Application extends AnyApplication
	{
	}
} else {
	class Application extends AnyApplication
	{
		public function addBackgroundJob(callable $job): self
		{
			$this->jobs[] = $job;
			return $this;
		}
	}
}
