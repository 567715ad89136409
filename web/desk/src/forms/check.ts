/** Whether the last character of a resident identity number fits the seventeen before it (GB 11643-1999, ISO 7064). */
export function checkDigitHolds(number: string): boolean {
  const plain = number.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase()
  if (!/^\d{17}[\dX]$/.test(plain)) return false
  const sum = [...plain.slice(0, 17)].reduce((total, digit, at) => total + Number(digit) * (2 ** (17 - at) % 11), 0)
  return '10X98765432'[sum % 11] === plain[17]
}
