import { Refusal } from '../shared/errors.ts';
import { wrongName } from './names.ts';

/** Whether somebody new may have that name. @throws Refusal `name-mixed`, `name-unreadable`, `name-taken` */
export function checkNewName(name: string, house: { hasNameLike(name: string): boolean }): void {
  checkName(name);
  if (house.hasNameLike(name)) throw new Refusal('name-taken');
}

/** @throws Refusal `name-mixed`, `name-unreadable` */
export function checkName(name: string): void {
  const wrong = wrongName(name);
  if (wrong !== null) throw new Refusal(`name-${wrong}`);
}
