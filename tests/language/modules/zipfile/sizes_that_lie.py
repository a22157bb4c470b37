# The directory says that a member is longer or shorter than what is there: reading ends, with an exception or with less.
import io
import struct
import zipfile

for method in zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED:
    file = io.BytesIO()
    with zipfile.ZipFile(file, 'w', method) as archive:
        archive.writestr(zipfile.ZipInfo('a'), b'hello ' * 20, method)
    for size in 0, 7, 121, 262264:
        data = bytearray(file.getvalue())
        directory = data.index(b'PK\x01\x02')
        struct.pack_into('<L', data, directory + 24, size)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for read in lambda member: member.read(), lambda member: member.read(1 << 16), lambda member: list(member):
                with archive.open('a') as member:
                    try:
                        print(method, size, len(read(member)))
                    except zipfile.BadZipFile as error:
                        print(method, size, error)
