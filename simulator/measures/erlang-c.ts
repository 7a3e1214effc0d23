/**
 * Probability that a customer has to wait in M/M/c, and the mean wait in units of the mean service time: Erlang's
 * delay formula (A. K. Erlang, 1917), from his loss formula by its recursion B(k) = aB(k−1) ÷ (k + aB(k−1)).
 * @param servers c, at least 1
 * @param offered a = arrival rate × mean service time, 0 … below c
 * @throws RangeError when the queue would grow for ever
 */
export function erlangC(servers: number, offered: number): { readonly waits: number; readonly meanWait: number } {
  if (!(offered >= 0 && offered < servers)) throw new RangeError(`offered: ${offered} is not in 0 … ${servers}`);
  let blocked = 1;
  for (let k = 1; k <= servers; k++) blocked = (offered * blocked) / (k + offered * blocked);
  const waits = blocked / (1 - (offered / servers) * (1 - blocked));
  return { waits, meanWait: waits / (servers - offered) };
}
