/** Sums in whole øre, shown in kroner. */

/** `1234567` as `12 345.67`. */
export function kroner(ore: number): string {
  const [whole = '', rest = ''] = (Math.abs(ore) / 100).toFixed(2).split('.');
  return `${ore < 0 ? '-' : ''}${whole.replaceAll(/\B(?=(\d{3})+$)/g, ' ')}.${rest}`;
}

/** `1234567` as `12345.67`, as the API takes it. */
export function decimal(ore: number): string {
  return (ore / 100).toFixed(2);
}
