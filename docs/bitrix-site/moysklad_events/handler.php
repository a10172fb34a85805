<?php

namespace MoySkladBitrix\SiteEvents;

use Bitrix\Main\Application;
use Bitrix\Main\Event;
use Bitrix\Main\EventManager;

require_once __DIR__ . '/outbox.php';

/** Notes in the events of a site which orders, payments, shipments and users were saved or deleted, and lets n8n know after the page is sent. */
final class Handler
{
	/** Events of the module `sale` that come after the saving, by object and what happened to it. */
	const SALE = [
		'order' => ['SAVE' => 'OnSaleOrderSaved', 'DELETE' => 'OnSaleOrderDeleted'],
		'payment' => ['SAVE' => 'OnSalePaymentEntitySaved', 'DELETE' => 'OnSalePaymentDeleted'],
		'shipment' => ['SAVE' => 'OnSaleShipmentEntitySaved', 'DELETE' => 'OnSaleShipmentDeleted'],
	];

	/** @var Outbox|null */
	private static $outbox;

	/** @param array<string, mixed> $settings Those of settings.php. Called in init.php. */
	public static function register(array $settings): void
	{
		self::$outbox = new Outbox($settings);
		$wanted = $settings['entities'] ?? ['order', 'payment', 'shipment', 'user'];
		foreach (array_intersect_key(self::SALE, array_flip($wanted)) as $entity => $events) {
			foreach ($events as $action => $event) {
				EventManager::getInstance()->addEventHandler('sale', $event, function (Event $event) use ($entity, $action): void {
					// A deletion says whether it succeeded.
					if ($event->getParameter('VALUE') !== false) {
						self::note($entity, self::idIn($event), $action);
					}
				});
			}
		}
		if (in_array('user', $wanted, true)) {
			self::registerUsers();
		}
	}

	/** For a site without cron: the function of an agent. It takes the time of the page on which Bitrix runs it. */
	public static function agent(): string
	{
		if (self::$outbox !== null) {
			self::$outbox->sendRest();
		}
		return '\\' . __METHOD__ . '();';
	}

	/** These events are older: they give an array, which says whether the saving succeeded. */
	private static function registerUsers(): void
	{
		foreach (['OnAfterUserAdd', 'OnAfterUserUpdate'] as $event) {
			EventManager::getInstance()->addEventHandlerCompatible('main', $event, function (&$fields): void {
				if (is_array($fields) && ($fields['RESULT'] ?? true)) {
					self::note('user', $fields['ID'] ?? 0, 'SAVE');
				}
			});
		}
		EventManager::getInstance()->addEventHandlerCompatible('main', 'OnAfterUserDelete', function ($id): void {
			self::note('user', $id, 'DELETE');
		});
	}

	/**
	 * What was deleted may be there as its former values only.
	 *
	 * @return mixed
	 */
	private static function idIn(Event $event)
	{
		$entity = $event->getParameter('ENTITY');
		if (is_object($entity) && method_exists($entity, 'getId')) {
			return $entity->getId();
		}
		$values = $event->getParameter('VALUES');
		return is_array($values) ? ($values['ID'] ?? 0) : 0;
	}

	/**
	 * Whatever goes wrong here, the shop goes on.
	 *
	 * @param mixed $id
	 */
	private static function note(string $entity, $id, string $action): void
	{
		try {
			$isFirst = !self::$outbox->hasOwn();
			self::$outbox->note($entity, $id, $action);
			if ($isFirst && self::$outbox->hasOwn()) {
				self::sendAfterPage();
			}
		} catch (\Throwable $error) {
			Outbox::log(get_class($error) . ' in line ' . $error->getLine());
		}
	}

	/** Bitrix runs background jobs after the visitor has the page. Older versions have none: there PHP itself can end the answer. */
	private static function sendAfterPage(): void
	{
		$application = Application::getInstance();
		if (method_exists($application, 'addBackgroundJob')) {
			$application->addBackgroundJob([self::$outbox, 'sendOwn']);
			return;
		}
		register_shutdown_function(function (): void {
			if (function_exists('fastcgi_finish_request')) {
				fastcgi_finish_request();
			}
			self::$outbox->sendOwn();
		});
	}
}
