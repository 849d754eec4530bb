/** Files as Python 3 with numpy writes them (pickle.dumps, numpy.save, numpy.savez), packed by zlib. */
import { inflateSync } from 'node:zlib';

const packed = {
  'pickle 2':
    'eNrtmclOwzAURZ1CgYYyz3OYw6BKFeIniOjCq2xQ5aSGRkrd3tRZVAKJDZR+FQs+DOyWv8g7V4qse5+fn7PIJu+lNzA/bsbdloz7rlR24cIJ5xljkdBxu5mKSKYohTPGSYVOVB1Tn5jmKLedcMOYOhOJStSLN6736l732bvHTNtUzXLMmarJVtOmj4q1XY75J1T9YCqoSJNPm7wltMCCTRc5lmKVd3qDmpkrk7VOnupEZJkYuM1Mxl3V11keaxfLkzJXtSYpVgL2gVXT0bHjY822W+fYGGKTY8sPnKD0yKqf2P7f2NKDnrnuTlgy9Xkdu6OvIfY49s1o4x6vOGg0Gg+/hvEjYBqH0cicwPYZ+/kmkUgkEolUNN0RBFFYGEEQhWWWXgFBEARBFI5ngiAKC47sD0aP41jjJGo7YcV+FJJUKtGRfZza9Izj/AkXvknLJhW1nnrBpU18jqt/Nxq719a94biVee0Poq3mKw==',
  'pickle 3':
    'eNrt0L1ugzAQB3ATQlJI+t20GRmZkKKqL1BvtcqQKUuEbDApEhgOzIDUSlnaNE+dItK34H7D6XT3H063N7+AeHQmuI4+wowLmYFBF7riqUrVzu3n7sotEvcFRnTSJ2owtzD2mMlsSccx1xysSDV52fphVFTSz5tMp7yqeOuElYwKVeuqibQDk3PMUfF5C1NGvuGCGgLsAzhrmHnMYKN3Mv+B+X821m0pHbjcjAghzQqujr8HuF7DTXfAxuhmn3AbBMHbqdMXRjTcieMrWRJyQggN1jNCaLAIQmiwpvgChBBCaHAShNBgwb2GB0HtJM2k4rmsYbGFR49a3C/VDp6oJfpmKRv/D2zPtzI=',
  'pickle 4':
    'eNrt2b1qwzAQB3A5iRtMs7Z09JjJEEpfoNoq6qF7MZItJwZbNoo0GFro0o+AtlwftE+QOspj6H7DCaS/Dk6rPha/f3fEe4c1vRbclLui5UK2QG+M5o1q1Db12+km7ev0AeiVP9/DK6zZnCWSLipuOLhbZbthzIqy1zLrbGsarjUfwa0KLcte7Y22pYEjuNgnwS1VdYkcgZFPoJGAb3iZ2kZs9kxWX7BLXFyZcZDnWzO7gcPPJTB30Rvkef50mvjCiAFxeCTTOCeEULDuEULBIgihYC3xCRBCCKHg1AihYIEBQZO6aaXinfQfFTTm2aC2QGPhV2mzf8esv9c=',
  'pickle 5':
    'eNrt2b1qwzAUBWAlqVtCupVCR4+eDCH0CbTV1EP3YiRHSg22bFR5CLTQqT+gLad9tz5N64i8he436F4kgUDjPW/J9+8NC16R8ZUUrn6qWiFVC37trGhMY3Zp2E7Xaa/TW/DzcP6MR2TFolgqfrYVTsBfmbEb9nlV91blU69sU8OvKm37To5aK4sDsh92evCPEBKtDSEkWowQEq0L+gJCCCEkOpoQEi34JAQGU926/aBwgJ+Pa3x9fuDhGC342QvKsrw7DgvDUjAHWczv2eU7/IzDTff4UjetMqJTIZDgicgHswNPZKhqzP8B6BK07w==',
  'pickle of a call':
    'eNprYKotZEiOT85PSU0u5krNAzG4ChkjWBgYGFISSxILmSLYgMycxJLMPMNC5rZClqBC1uSC/OLMCq7iyuKS1FyuQrYITqCS1OSMfIXUssycQvbWQo6gQs5iPQAIpBtY',
  'pickle of fewer labels':
    'eNrt0DuqwkAUxvGJrzTWF5dgFRB3YLo73BT2IpOHKMQo40wRuIKNL5jOzz24Sx9xGfP9ilP9DxzOoXN/DERjj2HcK1ValDvMINsq7uTKKLifyq63dTTPNrqI1rY0K6W1quH6c11km2pntM0MbnDdpoQLq/yb3CDFEXGQ4owphjKQrT/RP2EZum5u6m3x2WrZEa6Xb9B2wT+SJPl9vjVDCoP0OhHvK59E5K0xEXlLEJG3Qr6AiIjIOwsi8hYMUhu9AMqJplE=',
  'pickle of a label out of range':
    'eNrt0D1uwkAQBeA1P3HjOuIIVJZQbhB3WcUFPUJre6NEMgYtu4WlINEAQdqOl1NwSDDmGPu+Yqr3RqPZj/6vE9HbYZq91KrQ9RYLTOVQJjobVcoq+NfGrTZtuizXRqcrV9sfZYxq4ZOl0eW62VrjSosL/LhPwsdN9YxcIMUBWVTghHm3NpKDT5Ec8R37cWXbjX60Bm6G898zMPTRL/I8/7h1+iGFRXF+F92hNyIK1hsRBUsQUbBivoCIiCg4X0QULFgULr0Dwy+m1w==',
  'pickle of floats':
    'eNrt0D1OwzAYgGGnP3TpzBk6ZWJkQMmG2wzsqDiJK5DStHKdIQOChZ9K3vpxCq7CIbgJlPQURO8jvZ4+W9b3PPr4vFOdR5mlZ5XJbbWTW5npoY5sOiqNNxLO62a9beNlsXE2XjeVfzDOmVbCdOlssal33jWFl4OEcTcpYVKXp5GDaPUiaZTLm9wcn430YKGmr3I/CePSt1v7d2uwupD9+2lgGKJLybLs+ueoO7Tyku8T1X30KSUiIiIiIiKivjdPiIiIiIiIiKjvAQAAAACA/vu+YgcAAAAAAAAAAAAAAPx3XwkRERERERER9TvxkjfxLxWtwFY=',
  'pickle of names':
    'eNpNyckOwWAUhuFfUbTmeZ4XVmIebuOsbKSh/qSCypfaSqxcN6ers3vzvB/jDeU67vOi3cDSPoeFyMFWSt1PZ313/NNDBzAOZiivqz9H9IsYIX6EOfEi4bhd/Ut/hoT3X0lCSvIcFrNNSEteIMOcJeQkL5FnLhCKklcoMZcJFclrVJlrhLrkDRrMTUJL8hZt5g6hK3mHHnOfMJC8x5B5RBjrYPoD6nJLsQ==',
  'npy <f4':
    'eNqb7BfqGxDJyFDGUK2eklqcXKRupaBuk2airqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RpGOgrGmjoKtQpkAy4GhgZ7BjBwcACygXgBEB9wAAANqR9L',
  'npy >f4':
    'eNqb7BfqGxDJyFDGUK2eklqcXKRupaBul2airqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RpGOgrGmjoKtQpkAy77BgYwcHAAYiDbYQEQH2BgAAAVDB9N',
  'npy <f8':
    'eNqb7BfqGxDJyFDGUK2eklqcXKRupaBuk2ahrqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RpGOgrGmjoKtQpkAy4GMPhgz4ACOBwgtACUFoHSEg4Avr8d4w==',
  'npy i1':
    'eNqb7BfqGxDJyFDGUK2eklqcXKRupaBek2morqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RpGOgrGmjoKtQpkAy5GBmYWVjYAF3kbvw==',
  'npy <i2':
    'eNqb7BfqGxDJyFDGUK2eklqcXKRupaBuk2mkrqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RpGOgrGmjoKtQpkAy5GBgYGZgYWBlYGNgYAoGQbgA==',
  'npy >i2':
    'eNqb7BfqGxDJyFDGUK2eklqcXKRupaBul2mkrqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RpGOgrGmjoKtQpkAy4GRgYGBmYGFgZWBjYAoT8bgg==',
  'npy <i4':
    'eNqb7BfqGxDJyFDGUK2eklqcXKRupaBuk2mirqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RpGOgrGmjoKtQpkAy5GBghgBmIWIGYFYjYgBgDq7RuC',
  'npy <i8':
    'eNqb7BfqGxDJyFDGUK2eklqcXKRupaBuk2mhrqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RpGOgrGmjoKtQpkAy5GBlTADKVZoDQrlGaD0gCAnhuG',
  'npy u1':
    'eNqb7BfqGxDJyFDGUK2eklqcXKRupaBeU2qorqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RpGOgrGmjoKtQpkAy5GBmYWVjYAHLkbyw==',
  'npy <u2':
    'eNqb7BfqGxDJyFDGUK2eklqcXKRupaBuU2qkrqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RpGOgrGmjoKtQpkAy5GBgYGZgYWBlYGNgYApewbjA==',
  'npy <u4':
    'eNqb7BfqGxDJyFDGUK2eklqcXKRupaBuU2qirqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RpGOgrGmjoKtQpkAy5GBghgBmIWIGYFYjYgBgDxBRuO',
  'npy <u8':
    'eNqb7BfqGxDJyFDGUK2eklqcXKRupaBuU2qhrqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RpGOgrGmjoKtQpkAy5GBlTADKVZoDQrlGaD0gCH1huS',
  'npy ?':
    'eNqb7BfqGxDJyFDGUK2eklqcXKRupaBek2SorqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RpGOgrGmjoKtQpkAy5GBkYgAAAUSxuq',
  'npy Fortran':
    'eNqb7BfqGxDJyFDGUK2eklqcXKRupaBuk2mirqOgnpZfVFKUmBefX5SSChIPKSpNBQoXZyQWpAK5GkY6CsY6CkaaOgq1CmQCLkYGBgZ2IGYGYk4gZgVibiBmAmIOIGYBYi4gZgNiHiAGAHyLG7A=',
  'npy Fortran bytes':
    'eNqb7BfqGxDJyFDGUK2eklqcXKRupaBeU2qorqOgnpZfVFKUmBefX5SSChIPKSpNBQoXZyQWpAK5GkY6CsaaOgq1CuQDLkYWJlZmNgARFRui',
  'npy records':
    'eNqb7BfqGxDJyFDGUK2eklqcXKRupRCtoZ6orqOgbpNpoq6po6ChngTmpQF5sUBGWn5RSVFiXnx+UUoqSLlbYk5xKlC8OCOxIBXI1zDUAeqqVSAGcDEygIEDADrSHX0=',
  'npy objects':
    'eNqb7BfqGxDJyFDGUK2eklqcXKRupaBe46+uo6Cell9UUpSYF59flJIKEnZLzClOBYoXZyQWpAL5GkY6mjoKtQqUAK4Glqm9DBDQI5ZXmltQqRefnF+UqpdbmlOSmVhUlFg5pYcnvig1OT+vuKSoNLlkyuQpPaxglVN62PNSIEomT/FmaJ3izJg0pX1K0BQNb0ZvptYpGcw9rCkllQWpIC1M/hZTOjsgssw9jDVT/Pz8vP4DAZjwti+ZktQZO0WjdopfKpCpBwDBoVnI',
  'npy NaN':
    'eNqb7BfqGxDJyFDGUK2eklqcXKRupaBuk2ahrqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RpGOgpGmjoKtQpkAy4GMPhgD6EZHCAUB5T+UQ8A7agenQ==',
  'npy nothing':
    'eNqb7BfqGxDJyFDGUK2eklqcXKRupaBuk2ahrqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RoGOgrGmjoKtQpkAy4AV48bbg==',
  'npz of parts':
    'eNoL8GZm0WVgYOAAYkWG432nRf9DATeDCENFfElRYmaeXl5BJSODAMMMBghIhNKz34i/khY4eSLgWMDaeZOi5sQsyVu6IC44a8W6xQvmTYsPCZoyQ3x+/JRJXELl3mc0/Vi7xNNVxJYw/ZQ6ZsXlZsWlNsuKayvXE0Y9Nje1NLEwszI+P708uTi7OkZHxUTBQMNChgAU1z37HOqL7LpK7K7zwee6vMmZCwm7DuwwEQY9No2Epks9AVJoDvHRffwT5hAuSDClFpfA3NEBtT+Q0lBqwx5KaI5xnmsog+yYSqyO8aA0UNrggZLGBrQ4wJuRSZcZNeWAkgUoErgZEKCBEUQipSN0jaBI9cGqcR6QrMStERQJoCAG+ZALRaM6IwNSlKDrA4WXB1Z9WxgZkEIvwJuVDSTOAoSPgLQFE4gHAHeP6Kg=',
  'npz of X and Y':
    'eNoL8GZm0WWAAEWGuRKLbP5DASuDCEOEXl5BJSODAMMCqBIYPdkv1DcgkpGhjKFaPSW1OLlI3UpB3SbNQl1HQT0tv6ikKDEvPr8oJRUk7paYU5wKFC/OSCxIBfI1jHQUjDR1FGoVyAZcEFf8sIc6xwFCcUBpAYcAFG/99X21DNlbkTBvTYAqmUAdb1HmKbi3LkC99cIe1Rsp0av2w7zBBfRGeWpmekbJ4PbLB3gUBXgzMukyo6a1BdAkxcqAAA2MIBKc8tC1gOJxAtSLqFquA8lIbFpAYQbTwoWiZR7QHkQIBnizsoHEmYFwHpDOYgLxACKbnuc=',
} as const;

export type Fixture = keyof typeof packed;

export function fixture(name: Fixture): Uint8Array {
  return Uint8Array.from(inflateSync(Buffer.from(packed[name], 'base64')));
}
