#!/bin/sh
# Makes the certificates and keys of this folder again, with OpenSSL 3. Nobody trusts them but the tests.
set -e
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
key() { # name, algorithm and its options
    name=$1
    shift
    openssl genpkey -out "$name.key" -algorithm "$@"
}
signed() { # name, days, subjectAltName
    echo "subjectAltName = $3" > "$work/names"
    openssl req -new -key "$1.key" -subj "/CN=$1" -out "$work/csr"
    openssl x509 -req -in "$work/csr" -CA ca.pem -CAkey ca.key -set_serial 2 -days "$2" -extfile "$work/names" -out "$1.pem"
}
for ca in ca other; do # of the same name
    key $ca EC -pkeyopt ec_paramgen_curve:P-256
    openssl req -x509 -key $ca.key -days 36500 -subj /CN=ca -out $ca.pem
done
key server EC -pkeyopt ec_paramgen_curve:P-256
signed server 36500 'IP:127.0.0.1,DNS:builder.example,DNS:*.wild.example'
key ended EC -pkeyopt ec_paramgen_curve:P-256
signed ended -1 IP:127.0.0.1
key rsa RSA -pkeyopt rsa_keygen_bits:2048
signed rsa 36500 DNS:client
openssl pkey -in rsa.key -traditional -out rsa-pkcs1.key
key ec EC -pkeyopt ec_paramgen_curve:P-384
signed ec 36500 DNS:client
{ openssl ecparam -name secp384r1; openssl pkey -in ec.key -traditional; } > ec-sec1.key
key ed25519 ED25519
signed ed25519 36500 DNS:client
cat ca.key ca.pem > mixed.pem # a key before the certificate
rm ca.key other.key
