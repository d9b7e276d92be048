# Writes the bytes of INPUT as a comma-separated list to OUTPUT, for `#include` in an array.
file(READ ${INPUT} bytes HEX)
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," list "${bytes}")
string(REGEX REPLACE ",$" "" list "${list}")
file(WRITE ${OUTPUT} "${list}\n")
