#include "mbedtls_crypto.h"

#include <mbedtls/ecdsa.h>
#include <mbedtls/md.h>
#include <string.h>

namespace homeward {
namespace {

const uint8_t* bytesOf(const char* text) { return reinterpret_cast<const uint8_t*>(text); }

/** What a verification holds, given back whatever happens. */
struct Workings {
  mbedtls_ecp_group group;
  mbedtls_ecp_point point;
  mbedtls_mpi r;
  mbedtls_mpi s;

  Workings() {
    mbedtls_ecp_group_init(&group);
    mbedtls_ecp_point_init(&point);
    mbedtls_mpi_init(&r);
    mbedtls_mpi_init(&s);
  }
  ~Workings() {
    mbedtls_mpi_free(&s);
    mbedtls_mpi_free(&r);
    mbedtls_ecp_point_free(&point);
    mbedtls_ecp_group_free(&group);
  }
  Workings(const Workings&) = delete;
  Workings& operator=(const Workings&) = delete;
};

}  // namespace

bool mbedtlsHmac(const uint8_t* key, size_t keyLength, const char* text, size_t length, uint8_t out[32]) {
  const mbedtls_md_info_t* const sha = mbedtls_md_info_from_type(MBEDTLS_MD_SHA256);
  return mbedtls_md_hmac(sha, key, keyLength, bytesOf(text), length, out) == 0;
}

bool mbedtlsVerify(const uint8_t key[64], const char* text, size_t length, const uint8_t signature[64]) {
  // 4: both coordinates follow.
  uint8_t point[65] = {4};
  memcpy(point + 1, key, 64);
  uint8_t hash[32];
  Workings at;
  const mbedtls_md_info_t* const sha = mbedtls_md_info_from_type(MBEDTLS_MD_SHA256);
  int error = mbedtls_md(sha, bytesOf(text), length, hash);
  error |= mbedtls_ecp_group_load(&at.group, MBEDTLS_ECP_DP_SECP256R1);
  error |= mbedtls_ecp_point_read_binary(&at.group, &at.point, point, sizeof point);
  error |= mbedtls_mpi_read_binary(&at.r, signature, 32);
  error |= mbedtls_mpi_read_binary(&at.s, signature + 32, 32);
  // What lies on no curve is no key, and nothing that it signs is right.
  error |= mbedtls_ecp_check_pubkey(&at.group, &at.point);
  return error == 0 && mbedtls_ecdsa_verify(&at.group, hash, sizeof hash, &at.point, &at.r, &at.s) == 0;
}

}  // namespace homeward
